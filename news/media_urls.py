"""Addresses of the media library."""

from django.urls import URLPattern, URLResolver, path

from news.views import album_desk, files, oldsite, pictures, royalties, videos

media_urls: list[URLPattern | URLResolver] = [
    path("lam-viec/tin-bai/anh/", pictures.picture_library, name="picture_library"),
    path("lam-viec/tin-bai/anh/nhan-anh/", pictures.picture_upload, name="picture_upload"),
    path("lam-viec/tin-bai/anh/chon/", pictures.picture_choices, name="picture_choices"),
    path("lam-viec/tin-bai/anh/<int:pk>/", pictures.picture_edit, name="picture_edit"),
    path("lam-viec/tin-bai/anh/<int:pk>/go/", pictures.picture_withdraw, name="picture_withdraw"),
    path("lam-viec/tin-bai/anh/<int:pk>/xoa/", pictures.picture_delete, name="picture_delete"),
    path("lam-viec/tin-bai/album/", album_desk.album_register, name="album_register"),
    path("lam-viec/tin-bai/album/moi/", album_desk.album_new, name="album_new"),
    path("lam-viec/tin-bai/album/<int:pk>/", album_desk.album_edit, name="album_edit"),
    path("lam-viec/tin-bai/album/<int:pk>/xem-truoc/", album_desk.album_preview, name="album_preview"),
    path("lam-viec/tin-bai/album/<int:pk>/dang/", album_desk.album_publish, name="album_publish"),
    path("lam-viec/tin-bai/album/<int:pk>/go-xuong/", album_desk.album_take_down, name="album_take_down"),
    path("lam-viec/tin-bai/tep/", files.post_file_register, name="post_file_register"),
    path("lam-viec/tin-bai/tep/<int:pk>/", files.post_file_open, name="post_file_open"),
    path("lam-viec/tin-bai/tep/<int:pk>/xoa/", files.post_file_remove, name="post_file_remove"),
    path("lam-viec/tin-bai/trang-cu/", oldsite.old_site_list, name="old_site_list"),
    path("lam-viec/tin-bai/trang-cu/nhan/", oldsite.old_site_new, name="old_site_new"),
    path("lam-viec/tin-bai/trang-cu/<int:pk>/", oldsite.old_site, name="old_site"),
    path("lam-viec/tin-bai/nhuan-but/", royalties.royalty_sheet, name="royalty_sheet"),
    path("lam-viec/tin-bai/nhuan-but/excel/", royalties.royalty_excel, name="royalty_excel"),
    path("lam-viec/tin-bai/nhuan-but/pdf/", royalties.royalty_pdf, name="royalty_pdf"),
    path("lam-viec/tin-bai/nhuan-but/muc/", royalties.royalty_rates, name="royalty_rates"),
    path(
        "lam-viec/tin-bai/nhuan-but/muc/<int:pk>/xac-nhan/", royalties.royalty_confirm, name="royalty_confirm"
    ),
    path("lam-viec/tin-bai/theo-don-vi/", royalties.unit_counts, name="unit_counts"),
    path("lam-viec/tin-bai/phim/", videos.video_register, name="video_register"),
    path("lam-viec/tin-bai/phim/nhan-phim/", videos.video_new, name="video_new"),
    path("lam-viec/tin-bai/phim/<int:pk>/", videos.video_edit, name="video_edit"),
    path("lam-viec/tin-bai/phim/<int:pk>/go/", videos.video_withdraw, name="video_withdraw"),
]
