"""Addresses of the library of documents."""

from django.urls import URLPattern, URLResolver, path

from news.views import document_lists, examples, library, received, sendings, shelf

SHELF = "lam-viec/thu-vien/"
EXAMPLES = "lam-viec/guong-dien-hinh/"
KNOWN = "lam-viec/quan-triet/"
document_urls: list[URLPattern | URLResolver] = [
    path("van-ban/", library.document_list, name="document_list"),
    path("van-ban/rss/", library.document_feed, name="document_feed"),
    path("van-ban/<slug:slug>/", library.document_page, name="document_page"),
    path("van-ban/<slug:slug>/tep/<int:pk>/", library.document_file, name="document_file"),
    path(SHELF, shelf.document_register, name="document_register"),
    path(f"{SHELF}moi/", shelf.document_new, name="document_new"),
    path(f"{SHELF}van-ban-da-ban-hanh/", shelf.document_papers, name="document_papers"),
    path(f"{SHELF}nhap-danh-sach/", document_lists.document_import, name="document_import"),
    path(f"{SHELF}<int:pk>/", shelf.document_edit, name="document_edit"),
    path(f"{SHELF}<int:pk>/tep/", shelf.document_file_add, name="document_file_add"),
    path(f"{SHELF}<int:pk>/tep/<int:file>/", shelf.document_file_open, name="document_file_open"),
    path(f"{SHELF}<int:pk>/tep/<int:file>/bo/", shelf.document_file_drop, name="document_file_drop"),
    path(f"{SHELF}<int:pk>/quan-he/", shelf.document_relate, name="document_relate"),
    path(f"{SHELF}<int:pk>/quan-he/<int:relation>/bo/", shelf.document_unrelate, name="document_unrelate"),
    path(f"{SHELF}<int:pk>/dang/", shelf.document_publish, name="document_publish"),
    path(f"{SHELF}<int:pk>/rut/", shelf.document_withdraw, name="document_withdraw"),
    path(f"{SHELF}<int:pk>/quan-triet/", sendings.sending_new, name="sending_new"),
    path(KNOWN, sendings.sending_list, name="sending_list"),
    path(f"{KNOWN}<int:pk>/", sendings.sending, name="sending"),
    path(f"{KNOWN}<int:pk>/excel/", sendings.sending_xlsx, name="sending_xlsx"),
    path(f"{KNOWN}<int:pk>/nhac/", sendings.sending_remind, name="sending_remind"),
    path(f"{KNOWN}<int:pk>/gia-han/", sendings.sending_extend, name="sending_extend"),
    path(f"{KNOWN}<int:pk>/thu-hoi/", sendings.sending_recall, name="sending_recall"),
    path("lam-viec/van-ban-can-doc/", received.received_list, name="received_list"),
    path("lam-viec/van-ban-can-doc/<int:pk>/", received.received, name="received"),
    path("lam-viec/van-ban-can-doc/<int:pk>/da-doc/", received.received_ack, name="received_ack"),
    path("lam-viec/van-ban-can-doc/<int:pk>/ket-qua/", received.received_done, name="received_done"),
    path("lam-viec/van-ban-can-doc/<int:pk>/tep/<int:file>/", received.received_file, name="received_file"),
    path("cua-toi/van-ban/", received.mine_documents, name="mine_documents"),
    path("guong-dien-hinh/", examples.example_list, name="example_list"),
    path("guong-dien-hinh/rss/", examples.example_feed, name="example_feed"),
    path("guong-dien-hinh/<slug:slug>/", examples.example_page, name="example_page"),
    path(EXAMPLES, examples.example_register, name="example_register"),
    path(f"{EXAMPLES}moi/", examples.example_new, name="example_new"),
    path(f"{EXAMPLES}<int:pk>/", examples.example_edit, name="example_edit"),
    path(f"{EXAMPLES}<int:pk>/de-xuat/", examples.example_propose, name="example_propose"),
    path(f"{EXAMPLES}<int:pk>/tra-lai/", examples.example_return, name="example_return"),
    path(f"{EXAMPLES}<int:pk>/duyet/", examples.example_publish, name="example_publish"),
    path(f"{EXAMPLES}<int:pk>/go-xuong/", examples.example_withdraw, name="example_withdraw"),
    path(f"{EXAMPLES}<int:pk>/viet-bai/", examples.example_post, name="example_post"),
]
