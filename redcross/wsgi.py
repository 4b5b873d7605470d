"""The web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redcross.settings")
application = get_wsgi_application()

from redcross.safety import stop_unless_safe  # noqa: E402  needs the settings above

stop_unless_safe()

# What was loaded stays for good: the collector need not walk it again in the middle of a page.
gc.collect()
gc.freeze()
