"""Payloads as Slack documents them, with invented ids: a click, a sent modal, a command, a shortcut."""

MESSAGE, THREAD = "1763719201.000200", "1763719100.000001"
ACTED, RESPONSE_URL = "1763719212.345678", "https://hooks.slack.example/actions/1"

CLICK = {
    "type": "block_actions",
    "user": {"id": "U0ANA", "username": "ana", "name": "ana", "team_id": "T0NORTH"},
    "api_app_id": "A0NPS",
    "token": "deprecated",
    "container": {"type": "message", "message_ts": MESSAGE, "channel_id": "C0HELP", "is_ephemeral": False},
    "trigger_id": "98.12.0f",
    "team": {"id": "T0NORTH", "domain": "northwind"},
    "enterprise": None,
    "is_enterprise_install": False,
    "channel": {"id": "C0HELP", "name": "help"},
    "message": {"user": "U0NPS", "type": "message", "ts": MESSAGE, "bot_id": "B0NPS", "text": "How likely …"},
    "state": {"values": {}},
    "response_url": RESPONSE_URL,
    "actions": [
        {"type": "button", "action_id": "score_9", "block_id": "scores_high", "value": "17:9", "action_ts": ACTED}
    ],
}
IN_A_THREAD = {
    "container": CLICK["container"] | {"thread_ts": THREAD},
    "message": CLICK["message"] | {"thread_ts": THREAD, "parent_user_id": "U0ANA"},
}
IN_A_MODAL = {
    "container": {"type": "view", "view_id": "V0NPS"},
    "view": {"id": "V0NPS", "private_metadata": '{"invitation_id": 17, "score": 4}'},
    "actions": [
        {
            "type": "static_select",
            "action_id": "score_picked",
            "block_id": "score",
            "selected_option": {"text": {"type": "plain_text", "text": "8"}, "value": "17:8"},
            "action_ts": ACTED,
        }
    ],
}
NO_MESSAGE = ("channel", "message", "response_url")
SUBMISSION = {
    "type": "view_submission",
    "team": {"id": "T0NORTH", "domain": "northwind"},
    "user": {"id": "U0ANA", "username": "ana", "name": "ana", "team_id": "T0NORTH"},
    "trigger_id": "98.12.aa",
    "view": {
        "id": "V0NPS",
        "type": "modal",
        "callback_id": "comment_modal",
        "hash": "1763719213.AbCd",
        "private_metadata": '{"invitation_id": 17, "score": 4}',
        "state": {
            "values": {
                "score": {"score_picked": {"type": "static_select", "selected_option": {"value": "17:4"}}},
                "comment": {"value": {"type": "plain_text_input", "value": " Exports time out. "}},
                "solved": {"value": {"type": "radio_buttons", "selected_option": {"value": "partly"}}},
                "reply": {"value": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
            }
        },
    },
    "response_urls": [],
    "enterprise": None,
}
COMMAND = {
    "token": "deprecated",
    "team_id": "T0NORTH",
    "team_domain": "northwind",
    "channel_id": "C0HELP",
    "channel_name": "help",
    "user_id": "U0BO",
    "user_name": "bo",
    "command": "/nps",
    "text": "ask <@U0ANA|ana>",
    "is_enterprise_install": "false",
    "response_url": RESPONSE_URL,
    "trigger_id": "98.12.ee",
}
SHORTCUT = {
    "type": "message_action",
    "action_ts": "1763719401.333333",
    "team": {"id": "T0NORTH", "domain": "northwind"},
    "user": {"id": "U0BO", "username": "bo", "team_id": "T0NORTH", "name": "bo"},
    "channel": {"id": "C0HELP", "name": "help"},
    "callback_id": "ask_for_nps",
    "trigger_id": "98.12.cc",
    "response_url": RESPONSE_URL,
    "message_ts": MESSAGE,
    "message": {"type": "message", "user": "U0ANA", "text": "My export is stuck", "ts": MESSAGE, "team": "T0NORTH"},
}
