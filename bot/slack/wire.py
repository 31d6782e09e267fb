"""The wire, outward: the ids and values that leave in blocks and modals, for `payloads` to find again."""

# action ids
SCORE = "score_"  # + the score, since action ids are unique within a block
SCORE_PICKED = "score_picked"
NOT_NOW, WRONG_PERSON, STOP_ASKING, ALLOW_ASKING = "not_now", "wrong_person", "stop_asking", "allow_asking"
WHAT_WE_KEEP, CHANGE_ANSWER = "what_we_keep", "change_answer"
DONT_ASK, ASK_ANYWAY, ASK_INSTEAD, ASK_NOW = "dont_ask", "ask_anyway", "ask_instead", "ask_now"
CLAIM, RESOLVE, REOPEN, READ_ALL = "claim", "resolve", "reopen", "read_all"
MORE_WORK = "more_work"  # a menu: its values are one of these three, and the follow-up's id after a colon
HAND_OVER, CONTACTED, SNOOZE = "hand_over", "contacted", "snooze"
REPLY_PRIVATELY, REPLY_SHOWN, WRITE_BACK = "reply_privately", "reply_shown", "write_back"
FIRST_CHANNEL, MOVE_CHANNEL = "first_channel", "move_channel"
MOVE_FROM = "move_from_"  # + the channel that is left, a block id
ASK_SOMEBODY, REHEARSE = "ask_somebody", "rehearse"
STOP_ASKING_ME, ALLOW_ASKING_ME, ERASE_ME = "stop_asking_me", "allow_asking_me", "erase_me"
EDIT_SURVEY, NEW_SURVEY, LIFT_HALT = "edit_survey", "new_survey", "lift_halt"
EDIT_CALENDAR, DECLARE_INCIDENT, END_INCIDENT = "edit_calendar", "declare_incident", "end_incident"
EDIT_STAFF = "edit_staff"
ROUTE_MENU, ADD_ROUTE, EDIT_ESCALATION = "route_menu", "add_route", "edit_escalation"
SAY_WHO, DROP_EVENT = "say_who", "drop_event"
ADD_WEBHOOK, SHOW_WEBHOOKS, WEBHOOK_LOG = "add_webhook", "show_webhooks", "webhook_log"
TEST_WEBHOOK, SEND_AGAIN, WEBHOOK_SECRET = "test_webhook", "send_again", "webhook_secret"
PAUSE_WEBHOOK, RESUME_WEBHOOK, REMOVE_WEBHOOK = "pause_webhook", "resume_webhook", "remove_webhook"
SCHEDULE, SHOW_SCHEDULES, PREVIEW_SCHEDULE = "schedule", "show_schedules", "preview_schedule"
PAUSE_SCHEDULE, RESUME_SCHEDULE, ADD_CHECK_INS = "pause_schedule", "resume_schedule", "add_check_ins"
SHOW_NOTES, REMOVE_NOTE, SHOW_PICTURE = "show_notes", "remove_note", "show_picture"
SET_UP_DIGEST, TAKE_ON, SEE_WHO = "set_up_digest", "take_on", "see_who"
REASON = "reason_"  # + the word of the reason
CHANGE_REASON = "change_reason"
EDIT_FAVOURS, REVOKE_QUOTE = "edit_favours", "revoke_quote"
ADD_THEME, EDIT_THEME, RESTORE_THEMES, LEARN_WORD = "add_theme", "edit_theme", "restore_themes", "learn_word"
CORRECT_THEME, PICK_COMMENTS = "correct_theme", "pick_comments"
REST = "="  # before what a menu gives back, which may be nothing
OF_COMMENT = "comment "  # + the answer's id and the words of what is shown, a block id
OPEN_LINK = "open_link"  # a button that is only a link; Slack tells us all the same
PICK_VIEW, PICK_PERIOD, PICK_REST = "pick_view", "pick_period", "pick_rest"
NARROW, MORE_VIEW, TURN_PAGE = "narrow", "more_view", "turn_page"
SURVEY_PAGE = "survey_page"
SHOW_VIEW = "show_view"  # its value: the words that ask for it
PAGER = "page "  # + the words of what is shown, a block id
# callback ids
INTERVIEW_MODAL, REASON_MODAL = "interview_modal", "reason_modal"
FAVOURS_MODAL, FAVOURS_SETUP_MODAL = "favours_modal", "favours_setup_modal"
COMMENT_MODAL, RESOLVE_MODAL, ASK_MODAL, SURVEY_MODAL, MANAGERS_MODAL, RIGHT_PERSON_MODAL = (
    "comment_modal",
    "resolve_modal",
    "ask_modal",
    "survey_modal",
    "managers_modal",
    "right_person_modal",
)
HAND_OVER_MODAL, CONTACTED_MODAL, SNOOZE_MODAL = "hand_over_modal", "contacted_modal", "snooze_modal"
REPLY_MODAL, REPLY_PREVIEW, WRITE_BACK_MODAL = "reply_modal", "reply_preview", "write_back_modal"
CALENDAR_MODAL, INCIDENT_MODAL = "calendar_modal", "incident_modal"
STAFF_MODAL = "staff_modal"
NARROW_MODAL, SHARE_MODAL = "narrow_modal", "share_modal"
ROUTE_MODAL, ESCALATION_MODAL = "route_modal", "escalation_modal"
SAY_WHO_MODAL = "say_who_modal"
SCHEDULE_MODAL = "schedule_modal"
WEBHOOK_MODAL, WEBHOOK_SECRET_MODAL = "webhook_modal", "webhook_secret_modal"
THEME_MODAL = "theme_modal"
DIGEST_MODAL = "digest_modal"
ASK_SHORTCUT = "ask_for_nps"
ASK_STEP = "ask_for_nps"  # of a workflow; Slack keeps its name apart from the shortcut's
VALUE = "value"  # the action id of a modal's only element in a block
YES, NO = "yes", "no"
LONGEST_OPTION = 150  # characters of what a menu gives back


def score_value(invitation_id: int, score: int) -> str:
    return f"{invitation_id}:{score}"


def word_value(theme: str, language: str, word: str) -> str:
    """A word for a theme; neither the key nor the language has a colon."""
    return f"{theme}:{language}:{word}"


def correction_value(theme: str, *, is_about: bool) -> str:
    return f"{YES if is_about else NO}:{theme}"
