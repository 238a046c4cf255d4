"""The sample desk, from its files to its site: python3 scripts/demo.py [--no-serve] [--port N]

Makes .venv, installs, then runs check, triage, clocks, report and build as of one fixed moment, and serves the site.
"""

import argparse
import subprocess
import sys

from venv import ROOT, ready  # type: ignore[attr-defined]
