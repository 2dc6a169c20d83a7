"""The application that servers and the flask command load."""

import os
import sys

import config
from shop.factory import create_app

try:
    app = create_app(config.from_environment(os.environ))
except config.ConfigError as problem:
    sys.exit(f"Assay did not start: {problem}")
