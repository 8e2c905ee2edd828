// Writing: what Enter, Escape and the arrow keys do, editing and replying, who writes in a group.

import { post } from "./api.js";
import { closeAttachments, setUpAttachments } from "./attachments.js";
import { areCommandsOpen, closeCommands, setUpCommands, suggestCommands, takeCommand, walkCommands } from "./commands.js";
import { $, h, icon } from "./dom.js";
import { field, grow, say, write } from "./field.js";
import { toast } from "./notices.js";
import { gist } from "./people.js";
import { actorOf, changed, openChat, person, state } from "./store.js";

let context = null; // { kind: "edit" | "reply", message }
const drafts = new Map(); // unsent texts by chat
let shownChat = null;
let justStarted = false; // Start was pressed, and the field that takes its place gets the keyboard

/** Draws what depends on the open chat: Start, the writer of a group, the unsent text. */
export function drawComposer() {
  const chat = openChat();
  if (!chat) return;
  if (shownChat !== chat.id) changeChat(chat);
  const fresh = chat.type === "private" && chat.messages.size === 0;
  $("start").hidden = !fresh;
  $("composer-form").hidden = fresh;
  if (!fresh && justStarted) {
    justStarted = false;
    field().focus();
  }
  $("command-button").hidden = !chat.commands.length;
  $("acting").hidden = chat.type === "private";
  if (chat.type !== "private") drawActors(chat);
}

function changeChat(chat) {
  if (shownChat !== null) drafts.set(shownChat, field().value);
  shownChat = chat.id;
  setContext(null);
  write(drafts.get(chat.id) ?? "");
  closeMenus();
}

function drawActors(chat) {
  const select = $("actor");
  if (select.dataset.members !== chat.members.join()) {
    const members = chat.members.map(person).filter(Boolean);
    select.replaceChildren(...members.map((one) => h("option", { value: one.id }, one.first_name)));
    select.dataset.members = chat.members.join();
  }
  select.value = actorOf(chat);
}

/** Starts to edit a message of one's own. */
export const startEdit = (message) => setContext({ kind: "edit", message });

/** Starts a reply. */
export const startReply = (message) => setContext({ kind: "reply", message });

function setContext(next) {
  const wasEditing = context?.kind === "edit";
  context = next;
  $("context").hidden = !next;
  if (next) {
    $("context-title").textContent = next.kind === "edit" ? "Edit message" : `Reply to ${next.message.from.first_name}`;
    $("context-quote").textContent = gist(next.message);
    if (next.kind === "edit") write(next.message.text);
    field().focus();
  } else if (wasEditing) {
    write("");
  }
}

async function submit() {
  const text = field().value.trim();
  if (!text) return;
  const { kind, message } = context ?? {};
  setContext(null);
  write("");
  closeMenus();
  if (kind !== "edit") await say(text, message?.message_id);
  else if (text !== message.text) await edit(message, text);
}

async function edit(message, text) {
  try {
    await post("edit", { chat_id: openChat().id, user_id: message.from.id, message_id: message.message_id, text });
  } catch (error) {
    toast(error.message);
  }
}

function closeMenus() {
  closeCommands();
  closeAttachments();
}

function onKey(event) {
  if (event.isComposing) return;
  const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (areCommandsOpen() && isArrow) {
    event.preventDefault();
    walkCommands(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (!takeCommand()) submit();
  } else if (event.key === "Escape" && (areCommandsOpen() || context)) {
    event.stopPropagation();
    if (areCommandsOpen()) closeCommands();
    else setContext(null);
  } else if (event.key === "ArrowUp" && !field().value) {
    event.preventDefault();
    editLast();
  }
}

function editLast() {
  const chat = openChat();
  const own = [...chat.messages.values()].reverse().find((message) => message.from.id === actorOf(chat) && message.text);
  if (own) startEdit(own);
}

/** Wires the composer. */
export function setUpComposer() {
  setUpCommands();
  setUpAttachments();
  $("send").append(icon("send"));
  $("context-close").append(icon("close"));
  $("start").onclick = () => {
    justStarted = true;
    say("/start");
  };
  $("composer-form").onsubmit = (event) => {
    event.preventDefault();
    submit();
    field().focus();
  };
  field().addEventListener("keydown", onKey);
  field().addEventListener("input", () => {
    grow();
    suggestCommands();
  });
  $("context-close").onclick = () => {
    setContext(null);
    field().focus();
  };
  $("actor").onchange = () => {
    state.actors.set(state.chatId, Number($("actor").value));
    changed();
  };
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".menu, #attach, #command-button, #composer")) closeMenus();
  });
}
