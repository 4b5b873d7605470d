"""Addresses of the newsroom's posts."""

from django.urls import URLPattern, URLResolver, path

from news.views import boxes, history, newsroom, preview, pulse, stages, talk, tips

DESK = "lam-viec/tin-bai/"

post_urls: list[URLPattern | URLResolver] = [
    path(DESK, newsroom.post_register, name="post_register"),
    path(f"{DESK}viet-moi/", newsroom.post_new, name="post_new"),
    path(f"{DESK}<int:pk>/", newsroom.post_edit, name="post_edit"),
    path(f"{DESK}viet-moi/nhip/", pulse.post_new_pulse, name="post_new_pulse"),
    path(f"{DESK}viet-moi/bo-ban-chua-luu/", pulse.post_new_forget, name="post_new_forget"),
    path(f"{DESK}gui-nhanh/", tips.tip_new, name="tip_new"),
    path(f"{DESK}gui-nhanh/anh/", tips.tip_picture, name="tip_picture"),
    path(f"{DESK}chen/<slug:kind>/", boxes.post_box, name="post_box"),
    path(f"{DESK}<int:pk>/nhip/", pulse.post_pulse, name="post_pulse"),
    path(f"{DESK}<int:pk>/bo-ban-chua-luu/", pulse.post_forget, name="post_forget"),
    path(f"{DESK}<int:pk>/tiep-quan/", pulse.post_take_over, name="post_take_over"),
    path(f"{DESK}<int:pk>/dong/", pulse.post_let_go, name="post_let_go"),
    path(f"{DESK}<int:pk>/y-kien/", talk.post_comment, name="post_comment"),
    path(f"{DESK}<int:pk>/y-kien/<int:comment>/", talk.post_settle, name="post_settle"),
    path(f"{DESK}<int:pk>/lich-su/", history.post_history, name="post_history"),
    path(f"{DESK}<int:pk>/so-sanh/", history.post_compare, name="post_compare"),
    path(f"{DESK}<int:pk>/khoi-phuc/<int:number>/", history.post_restore, name="post_restore"),
    path(f"{DESK}<int:pk>/xem-truoc/", preview.post_preview, name="post_preview"),
    path(f"{DESK}<int:pk>/xem-truoc/bai/", preview.post_preview_page, name="post_preview_page"),
    path(f"{DESK}<int:pk>/duyet/", stages.post_approve, name="post_approve"),
    path(f"{DESK}<int:pk>/luu-tru/", stages.post_archive, name="post_archive"),
    path(f"{DESK}<int:pk>/bo-luu-tru/", stages.post_unarchive, name="post_unarchive"),
    path(f"{DESK}<int:pk>/dinh-chinh/", stages.post_correct, name="post_correct"),
    path(f"{DESK}<int:pk>/gui-duyet/", stages.post_propose, name="post_propose"),
    path(f"{DESK}<int:pk>/tra-lai/", stages.post_return, name="post_return"),
    path(f"{DESK}<int:pk>/dang/", stages.post_publish, name="post_publish"),
    path(f"{DESK}<int:pk>/go-xuong/", stages.post_withdraw, name="post_withdraw"),
]
