"""Starts target-sqlite, which looks for a class where Python kept it until 3.9: singer_target.py --config FILE"""

import collections
import collections.abc

collections.MutableMapping = collections.abc.MutableMapping

from target_sqlite import main  # noqa: E402

main()
