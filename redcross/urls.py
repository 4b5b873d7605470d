"""All addresses: one include per app, Vietnamese without diacritics."""

from django.contrib import admin
from django.urls import include, path

from people.access import mark_patterns, with_right
from redcross.pages import (
    approvals,
    audit,
    drive_posts,
    errors,
    home,
    jobs,
    letters,
    merges,
    mine,
    my_data,
    public,
    start,
    work,
)

admin_urls = mark_patterns(admin.site.get_urls(), with_right("admin.enter"))

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("news.reading_urls")),  # first: what the public reads most
    path("bat-dau/", start.start, name="start"),
    path("lam-viec/", work.work_home, name="work_home"),
    path("lam-viec/xet-duyet/<int:pk>/", approvals.approval, name="approval"),
    path("lam-viec/nhat-ky/", audit.audit_register, name="audit_register"),
    path("lam-viec/cong-viec-nen/", jobs.job_list, name="job_list"),
    path("lam-viec/cong-viec-nen/<str:task>/", jobs.job_page, name="job_page"),
    path("lam-viec/cong-viec-nen/<str:task>/chay/", jobs.job_replay, name="job_replay"),
    path("cua-toi/", mine.mine_home, name="mine_home"),
    path("cua-toi/bao-mat/", mine.mine_security, name="mine_security"),
    path("cua-toi/du-lieu/", my_data.mine_data, name="mine_data"),
    path("cua-toi/du-lieu/tai-ve/", my_data.mine_data_json, name="mine_data_json"),
    path("cua-toi/du-lieu/ban-in/", my_data.mine_data_print, name="mine_data_print"),
    path(
        "lam-viec/yeu-cau-du-lieu/<int:pk>/quyet-dinh/",
        my_data.data_request_decide,
        name="data_request_decide",
    ),
    path("lam-viec/trung-lap/<int:pk>/gop/", merges.duplicate_merge, name="duplicate_merge"),
    path("lam-viec/thong-bao/", letters.letter_register, name="letter_register"),
    path("lam-viec/thong-bao/can-goi/", letters.letter_call_list, name="letter_call_list"),
    path("lam-viec/thong-bao/<int:pk>/", letters.letter_detail, name="letter_detail"),
    path("lam-viec/thong-bao/<int:pk>/gui-lai/", letters.letter_retry, name="letter_retry"),
    path("lam-viec/thong-bao/<int:pk>/huy/", letters.letter_cancel, name="letter_cancel"),
    path("lam-viec/thong-bao/<int:pk>/da-bao/", letters.letter_told, name="letter_told"),
    path("lam-viec/thong-bao/<int:pk>/da-den/", letters.letter_arrived, name="letter_arrived"),
    path("cua-toi/thu/", letters.mine_letters, name="mine_letters"),
    path("cua-toi/thu/<int:pk>/", letters.mine_letter, name="mine_letter"),
    path("lam-viec/hien-mau/dot/<int:pk>/tin-bai/", drive_posts.drive_post_draft, name="drive_post_draft"),
    path("quyen-rieng-tu/", public.privacy, name="privacy"),
    path("robots.txt", public.robots, name="robots"),
    path("suc-khoe/", public.health, name="health"),
    path("", include("people.urls")),
    path("", include("papers.urls")),
    path("", include("rewards.urls")),
    path("", include("members.urls")),
    path("", include("donors.urls")),
    path("", include("evaluations.urls")),
    path("", include("news.urls")),
    path("quan-tri/", (admin_urls, "admin", "admin")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
