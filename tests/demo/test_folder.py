"""The demo deletes and overwrites nothing but its own."""

from pathlib import Path

import pytest

from bot.demo.folder import DemoRefused, held
from bot.settings import WHERE, environment_for_others


@pytest.mark.parametrize("is_reset", [True, False])
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, is_reset: bool):
    (tmp_path / "nps.db").write_text("answers")
    with pytest.raises(DemoRefused, match="holds something else"), held(tmp_path, is_reset=is_reset):
        pass
    assert [each.name for each in tmp_path.iterdir()] == ["nps.db"]


def test_a_file_is_no_folder(tmp_path: Path):
    (tmp_path / "demo").write_text("")
    with pytest.raises(DemoRefused), held(tmp_path / "demo", is_reset=True):
        pass


def test_its_own_folder_is_taken_again_and_forgotten_when_asked(tmp_path: Path):
    folder = tmp_path / "deep/demo"
    with held(folder, is_reset=False):
        (folder / "demo.db").write_text("")
        (folder / "local-slack").mkdir()
    with held(folder, is_reset=False):
        assert (folder / "demo.db").exists()
    with held(folder, is_reset=True):
        assert not (folder / "demo.db").exists()
        assert (folder / "local-slack").exists()


def test_two_demos_do_not_share_a_folder(tmp_path: Path):
    first = held(tmp_path / "demo", is_reset=False)
    with first, pytest.raises(DemoRefused, match="already"), held(tmp_path / "demo", is_reset=True):
        pass


def test_programs_it_starts_are_given_none_of_our_settings(monkeypatch: pytest.MonkeyPatch):
    for name in WHERE:
        monkeypatch.setenv(name, "secret")
    assert "secret" not in environment_for_others().values()
    assert "PATH" in environment_for_others()
