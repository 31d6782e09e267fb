"""Files go up in three steps: ask for a URL, send the bytes there, say where they belong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.fake_slack.records import Channel, File, Json, Message, SlackError

from .posting import check_thread, visible_channel
from .registry import method

if TYPE_CHECKING:
    from tests.fake_slack.fake import FakeSlack

MOST_KEPT = 8 * 1024 * 1024  # bytes of one file; what comes after is only counted


@method(
    "files.getUploadURLExternal",
    scope="files:write",
    tier=4,
    required="filename length",
    optional="snippet_type alt_txt",
)
def get_upload_url(slack: FakeSlack, args: Json) -> Json:
    if int(args["length"]) <= 0:
        raise SlackError("invalid_arguments")
    file = File(slack.next_id("F"), args["filename"], int(args["length"]), alt_txt=args.get("alt_txt") or "")
    slack.files.append(file)
    return {"upload_url": f"{slack.base_url}/upload/v1/{file.id}", "file_id": file.id}


@method(
    "files.completeUploadExternal",
    scope="files:write",
    tier=4,
    required="files",
    optional="channel_id channels thread_ts initial_comment",
)
def complete_upload(slack: FakeSlack, args: Json) -> Json:
    files = [_sent_file(slack, given) for given in args["files"]]
    if args.get("channel_id"):
        _share(slack, files, _place(slack, args["channel_id"]), args)
    return {"files": [{"id": file.id, "name": file.name, "title": file.title} for file in files]}


@method("files.delete", scope="files:write", tier=3, required="file")
def delete_file(slack: FakeSlack, args: Json) -> Json:
    """It goes from every message that shows it; the message stays."""
    file = next((file for file in slack.files if file.id == args["file"]), None)
    if file is None:
        raise SlackError("file_not_found")
    slack.files.remove(file)
    for message in slack.messages(file.channel) if file.channel else ():
        slack.keep(replace(message, files=[each for each in message.files if each != file.id]))
    return {}


def receive(slack: FakeSlack, file_id: str, data: bytes, length: int) -> bool:
    """Keep what an upload begins with; False if it was not announced, or not with this length."""
    file = next((file for file in slack.files if file.id == file_id), None)
    if file is None or file.length != length:
        return False
    file.data = data
    return True


def _sent_file(slack: FakeSlack, given: Json) -> File:
    file = next((file for file in slack.files if file.id == given.get("id")), None)
    if file is None or file.data is None:
        raise SlackError("file_not_found")
    if file.is_complete:
        slack.violation(f"files.completeUploadExternal: {file.id} was completed before")
        raise SlackError("file_not_found")
    file.title, file.is_complete = given.get("title") or file.name, True
    return file


def _place(slack: FakeSlack, channel: str) -> Channel:
    """Uploads take a channel or a D… id; the id of a person is refused."""
    if channel in slack.users:
        slack.violation("files.completeUploadExternal: wants the id of the DM (D…), not of the person")
    place = visible_channel(slack, channel)
    if slack.bot_user_id not in place.members:
        raise SlackError("not_in_channel")
    return place


def _share(slack: FakeSlack, files: list[File], place: Channel, args: Json) -> None:
    check_thread(slack, "files.completeUploadExternal", place, args.get("thread_ts"))
    for file in files:
        file.channel, file.thread_ts = place.id, args.get("thread_ts")
    text, ids = args.get("initial_comment") or "", [file.id for file in files]
    slack.keep(Message(place.id, slack.next_ts(), slack.bot_user_id, text, thread_ts=args.get("thread_ts"), files=ids))
