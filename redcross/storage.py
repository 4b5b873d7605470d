"""Static files with a hash in their names, ES module imports included."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
    manifest_strict = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self.known_urls: dict[str | None, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The hashed address, looked up once a process: a page asks for twenty of them."""
        found = self.known_urls.get(name)
        if found is None:
            found = str(super().url(name or "", force))
            if self.hashed_files:
                self.known_urls[name] = found
        return found
