from __future__ import annotations

from pathlib import Path

from scheduler.config import AppConfig
from scheduler.folders import written_folders


def test_the_folders_of_the_database_and_of_all_digests_are_written_to() -> None:
    config = AppConfig.model_validate(
        {
            "database": {"url": "sqlite:////data/khabar.db"},
            "digest": {"folder": "/srv/digests"},
            "digests": [{"name": "a"}, {"name": "b", "folder": "/srv/b"}],
        }
    )
    assert written_folders(config) == [Path("/data"), Path("/srv/b"), Path("/srv/digests")]
