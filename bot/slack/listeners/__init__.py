"""One table of everything we listen to; the hottest first, since Bolt tries them in order."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.rules.exits import Reason
from bot.slack import wire
from bot.slack.listeners import (
    asks,
    calendars,
    channels,
    commands,
    comments,
    digests,
    events,
    exits,
    favours,
    follow_up_work,
    follow_ups,
    home,
    interviews,
    invitations,
    reactions,
    replies,
    responses,
    routes,
    schedules,
    staff,
    surveys,
    themes,
    trends,
    typed,
    views,
    webhooks,
    workflow_steps,
)

COMMAND = "/nps"


async def nothing_to_do(ack: AsyncAck) -> None:
    """A button that is only a link, or part of a preview: Slack tells us of it all the same."""
    await ack()


ACTIONS: dict[str, Callable[..., Any]] = {
    wire.SCORE_PICKED: responses.score_picked,
    wire.CHANGE_ANSWER: responses.change_clicked,
    wire.NOT_NOW: invitations.not_now_clicked,
    wire.WRONG_PERSON: invitations.wrong_person_clicked,
    wire.STOP_ASKING: invitations.stop_asking_clicked,
    wire.ALLOW_ASKING: invitations.allow_asking_clicked,
    wire.WHAT_WE_KEEP: invitations.what_we_keep_clicked,
    **{f"{wire.REASON}{reason}": exits.reason_clicked for reason in Reason},
    wire.CHANGE_REASON: exits.change_clicked,
    wire.EDIT_FAVOURS: favours.edit_clicked,
    wire.REVOKE_QUOTE: favours.revoke_clicked,
    wire.CLAIM: follow_ups.claim_clicked,
    wire.RESOLVE: follow_ups.resolve_clicked,
    wire.REOPEN: follow_ups.reopen_clicked,
    wire.READ_ALL: follow_ups.read_all_clicked,
    wire.MORE_WORK: follow_up_work.work_picked,
    wire.REPLY_PRIVATELY: replies.reply_clicked,
    wire.REPLY_SHOWN: nothing_to_do,
    wire.WRITE_BACK: replies.write_back_clicked,
    wire.ASK_SOMEBODY: asks.ask_somebody_clicked,
    wire.REHEARSE: asks.rehearse_clicked,
    wire.STOP_ASKING_ME: home.stop_asking_me_clicked,
    wire.ALLOW_ASKING_ME: home.allow_asking_me_clicked,
    wire.ERASE_ME: home.erase_me_clicked,
    wire.DONT_ASK: asks.dont_clicked,
    wire.ASK_ANYWAY: asks.ask_anyway_clicked,
    wire.ASK_NOW: asks.ask_now_clicked,
    wire.ASK_INSTEAD: asks.ask_instead_clicked,
    wire.FIRST_CHANNEL: surveys.first_channel_picked,
    wire.MOVE_CHANNEL: surveys.another_channel_picked,
    wire.EDIT_SURVEY: surveys.edit_clicked,
    wire.NEW_SURVEY: surveys.new_clicked,
    wire.LIFT_HALT: surveys.lift_halt_clicked,
    wire.EDIT_CALENDAR: calendars.edit_clicked,
    wire.DECLARE_INCIDENT: calendars.declare_clicked,
    wire.END_INCIDENT: calendars.end_clicked,
    wire.ROUTE_MENU: routes.menu_picked,
    wire.ADD_ROUTE: routes.add_clicked,
    wire.EDIT_ESCALATION: routes.escalation_clicked,
    wire.EDIT_STAFF: staff.edit_staff_clicked,
    wire.SAY_WHO: events.say_who_clicked,
    wire.DROP_EVENT: events.drop_clicked,
    wire.SHOW_SCHEDULES: schedules.schedules_clicked,
    wire.SCHEDULE: schedules.schedule_clicked,
    wire.PREVIEW_SCHEDULE: schedules.preview_clicked,
    wire.PAUSE_SCHEDULE: schedules.pause_clicked,
    wire.RESUME_SCHEDULE: schedules.resume_clicked,
    wire.ADD_CHECK_INS: schedules.add_check_ins_clicked,
    wire.SHOW_WEBHOOKS: webhooks.show_clicked,
    wire.ADD_WEBHOOK: webhooks.add_clicked,
    wire.WEBHOOK_LOG: webhooks.log_clicked,
    wire.TEST_WEBHOOK: webhooks.test_clicked,
    wire.SEND_AGAIN: webhooks.send_again_clicked,
    wire.WEBHOOK_SECRET: webhooks.secret_clicked,
    wire.PAUSE_WEBHOOK: webhooks.pause_clicked,
    wire.RESUME_WEBHOOK: webhooks.resume_clicked,
    wire.REMOVE_WEBHOOK: webhooks.remove_clicked,
    wire.SHOW_PICTURE: trends.picture_clicked,
    wire.SHOW_NOTES: trends.notes_clicked,
    wire.REMOVE_NOTE: trends.note_removed,
    wire.SET_UP_DIGEST: digests.set_up_clicked,
    wire.TAKE_ON: digests.take_clicked,
    wire.SEE_WHO: digests.see_who_clicked,
    wire.CORRECT_THEME: comments.theme_corrected,
    wire.PICK_COMMENTS: comments.comments_picked,
    wire.ADD_THEME: themes.add_clicked,
    wire.EDIT_THEME: themes.edit_clicked,
    wire.LEARN_WORD: themes.word_picked,
    wire.RESTORE_THEMES: themes.restore_clicked,
    wire.PICK_VIEW: views.view_picked,
    wire.PICK_PERIOD: views.period_picked,
    wire.PICK_REST: views.rest_picked,
    wire.SHOW_VIEW: views.show_clicked,
    wire.NARROW: views.narrow_clicked,
    wire.MORE_VIEW: views.more_picked,
    **{f"{wire.TURN_PAGE}_{n}": views.page_turned for n in range(2)},
    **{f"{wire.SURVEY_PAGE}_{n}": home.surveys_turned for n in range(2)},
    wire.OPEN_LINK: nothing_to_do,
}
VIEWS: dict[str, Callable[..., Any]] = {
    wire.RESOLVE_MODAL: follow_ups.resolve_sent,
    wire.HAND_OVER_MODAL: follow_up_work.handed_over,
    wire.CONTACTED_MODAL: follow_up_work.contacted,
    wire.SNOOZE_MODAL: follow_up_work.snoozed,
    wire.REPLY_MODAL: replies.reply_worded,
    wire.REPLY_PREVIEW: replies.reply_sent,
    wire.WRITE_BACK_MODAL: replies.write_back_sent,
    wire.ASK_MODAL: asks.ask_sent,
    wire.SURVEY_MODAL: surveys.survey_sent,
    wire.CALENDAR_MODAL: calendars.calendar_sent,
    wire.INCIDENT_MODAL: calendars.incident_sent,
    wire.SCHEDULE_MODAL: schedules.schedule_sent,
    wire.THEME_MODAL: themes.theme_sent,
    wire.DIGEST_MODAL: digests.digest_sent,
    wire.MANAGERS_MODAL: surveys.managers_sent,
    wire.ROUTE_MODAL: routes.route_sent,
    wire.ESCALATION_MODAL: routes.escalation_sent,
    wire.STAFF_MODAL: staff.staff_sent,
    wire.SAY_WHO_MODAL: events.say_who_sent,
    wire.WEBHOOK_MODAL: webhooks.webhook_sent,
    wire.WEBHOOK_SECRET_MODAL: webhooks.new_secret_sent,
    wire.NARROW_MODAL: views.narrowed,
    wire.SHARE_MODAL: views.share_sent,
    wire.RIGHT_PERSON_MODAL: invitations.right_person_sent,
    wire.REASON_MODAL: exits.words_sent,
    wire.INTERVIEW_MODAL: interviews.interview_sent,
    wire.FAVOURS_MODAL: favours.favours_sent,
    wire.FAVOURS_SETUP_MODAL: favours.setup_sent,
}
EVENTS: dict[str, Callable[..., Any]] = {
    "app_home_opened": home.opened,
    "member_joined_channel": channels.member_joined,
    "channel_unarchive": channels.unarchived,
    "group_unarchive": channels.unarchived,
    "channel_shared": channels.shared,
    "channel_unshared": channels.unshared,
    "channel_id_changed": channels.id_changed,
    "reaction_added": reactions.added,
    "reaction_removed": reactions.removed,
    "message.im": typed.written,
    "subteam_members_changed": staff.group_changed,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {wire.ASK_STEP: workflow_steps.reached}


def register(app: AsyncApp) -> None:
    app.action(re.compile(rf"^{wire.SCORE}\d+$"))(responses.score_clicked)
    app.view(wire.COMMENT_MODAL)(responses.comment_sent)
    app.command(COMMAND)(commands.nps_typed)
    for action_id, listener in ACTIONS.items():
        app.action(action_id)(listener)
    for callback_id, listener in VIEWS.items():
        app.view(callback_id)(listener)
    app.shortcut({"type": "message_action", "callback_id": wire.ASK_SHORTCUT})(asks.shortcut_used)
    for event, listener in EVENTS.items():
        app.event(event.partition(".")[0])(listener)  # Slack says "message" for those of every kind of place
    for callback_id, listener in FUNCTIONS.items():
        app.function(callback_id)(listener)
