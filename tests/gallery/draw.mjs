// Draws every document of documents.json, light and dark, many on a sheet: node draw.mjs
// slack-blocks-to-jsx draws text, buttons and quotes; fields, menus and the frame around are ours, closer to Slack's.
import fs from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Message } from "slack-blocks-to-jsx";

const { documents, users, channels } = JSON.parse(fs.readFileSync("documents.json", "utf8"));
const named = (names) => Object.entries(names).map(([id, name]) => ({ id, name }));
const data = { users: named(users), channels: named(channels) };
const DRAWINGS = 12; // on one sheet
const UNCHOSEN = { users: "Select a person", conversations: "Select a conversation", channels: "Select a channel" };

const escape = (text) => String(text ?? "").replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const label = (object) => escape(object?.text);
const list = (things, draw) => (things ?? []).map(draw).join("");

// What Slack understands and the library does not: times in the reader's zone, and words that are meant literally.
// An invisible joiner after < and @ keeps the library from seeing a mention where Slack sees none.
const literally = (text) => text.replace(/&lt;/g, "&lt;\u2060").replace(/(?<!<)@(?=\w)/g, "@\u2060");
const plainer = (value) => {
  if (typeof value === "string") return literally(value.replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1"));
  if (Array.isArray(value)) return value.map(plainer);
  if (!value || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "verbatim").map(([key, part]) => [key, plainer(part)]));
};

const byLibrary = (theme, block) =>
  renderToStaticMarkup(createElement(Message, { blocks: [block], name: "", logo: "", theme, data, withoutWrapper: true }));

function chosen(element) {
  const options = [element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map((option) => label(option.text));
  const people = [element.initial_user, ...(element.initial_users ?? [])].filter(Boolean).map((id) => escape(users[id] ?? id));
  const places = [element.initial_conversation, element.initial_channel, ...(element.initial_conversations ?? [])]
    .filter(Boolean).map((id) => `# ${escape(channels[id] ?? id)}`);
  return [...options, ...people, ...places];
}

function menu(element) {
  const inside = chosen(element);
  const many = element.type.startsWith("multi_");
  const unchosen = label(element.placeholder) || UNCHOSEN[element.type.replace(/^multi_|_select$/g, "")] || "Select an option";
  const shown = inside.length ? list(inside, (each) => `<span class="${many ? "chip" : "chosen"}">${each}</span>`) : unchosen;
  return `<div class="menu">${shown}<b class="arrow"></b></div>`;
}

function pickable(element, shape) {
  const picked = [element.initial_option, ...(element.initial_options ?? [])].map((option) => option?.value);
  return list(element.options, (option) =>
    `<p class="option"><i class="${shape} ${picked.includes(option.value) ? "on" : ""}"></i>${label(option.text)}</p>`);
}

const isMenu = (element) => element?.type.endsWith("_select") || false;
function element(made) {
  if (isMenu(made)) return menu(made);
  if (made.type === "radio_buttons") return pickable(made, "radio");
  if (made.type === "checkboxes") return pickable(made, "box");
  const text = made.initial_value ? escape(made.initial_value) : `<span class="unchosen">${label(made.placeholder)}</span>`;
  return `<div class="typed ${made.multiline ? "tall" : ""}">${text}</div>`;
}

function field(block) {
  const optional = block.optional ? ' <span class="optional">(optional)</span>' : "";
  const hint = block.hint ? `<p class="hint">${label(block.hint)}</p>` : "";
  return `<div class="field"><label>${label(block.label)}${optional}</label>${element(block.element)}${hint}</div>`;
}

function draw(theme, block) {
  if (block.type === "input") return field(block);
  if (block.type === "section" && isMenu(block.accessory)) {
    const { accessory, ...rest } = block;
    return `<div class="beside"><div>${byLibrary(theme, rest)}</div>${menu(accessory)}</div>`;
  }
  if (block.type === "actions" && block.elements.some(isMenu)) {
    return `<div class="row">${list(block.elements, (one) => isMenu(one) ? menu(one) : byLibrary(theme, { ...block, elements: [one] }))}</div>`;
  }
  return byLibrary(theme, block);
}

const hue = (name) => ([...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) * 137) % 360;
const face = (name, app) => `<span class="face" style="background:${app ? "#4a154b" : `hsl(${hue(name)} 45% 38%)`}">${escape([...name][0])}</span>`;

function line(theme, { by, at, app, whisper, text, blocks }) {
  const said = blocks.length ? blocks : [{ type: "section", text: { type: "mrkdwn", text } }];
  const only = whisper ? '<p class="only">👁 Only visible to you</p>' : "";
  return `<article class="${app ? "" : "said"}">${only}${face(by, app)}<div><header><b>${escape(by)}</b>${app ? "<i>APP</i>" : ""}<time>${escape(at)}</time></header>`
    + `${list(said, (block) => draw(theme, block))}</div></article>`;
}

const FRAMES = {
  message: (theme, { lines }) => list(lines, (one) => line(theme, one)),
  modal: (theme, { title, blocks, submit, close }) =>
    `<header>${face("N", true)}<h1>${label(title)}</h1><span>✕</span></header><section>${list(blocks, (block) => draw(theme, block))}</section>`
    + (submit || close ? `<footer><span>${label(close) || "Cancel"}</span>${submit ? `<span class="go">${label(submit)}</span>` : ""}</footer>` : ""),
  home: (theme, { blocks }) =>
    `<header>${face("N", true)}<h1>NPS Bot</h1></header><nav><b>Home</b><span>Messages</span><span>About</span></nav>`
    + `<section>${list(blocks, (block) => draw(theme, block))}</section>`,
};

const frame = (theme) => (document) =>
  `<main class="${document.type} ${document.narrow ? "narrow" : ""}" id="${document.name}-${theme}">${FRAMES[document.type](theme, document)}</main>`;

for (const theme of ["light", "dark"]) {
  for (let first = 0; first < documents.length; first += DRAWINGS) {
    const styles = ["library.css", "slack.css"].map((name) => `<link rel="stylesheet" href="${name}">`).join("");
    const body = list(documents.slice(first, first + DRAWINGS).map(plainer), frame(theme));
    fs.writeFileSync(`sheets/${theme}-${first}.html`, `<!doctype html><html data-theme="${theme}"><meta charset="utf-8">${styles}<body>${body}`);
  }
}
