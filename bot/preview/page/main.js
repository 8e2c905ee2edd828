// Puts the page together: the state comes in, the parts are drawn, the address says which chat is open.

import { fetchState, listen, post } from "./api.js";
import { noteAnswer } from "./buttons.js";
import { drawClock, setUpClock } from "./clock.js";
import { drawComposer, setUpComposer, startEdit, startReply } from "./composer.js";
import { $, h, icon, openDialog } from "./dom.js";
import { say } from "./field.js";
import { drawLog, jumpTo, setUpLog } from "./log.js";
import { alertBox, toast } from "./notices.js";
import { drawPeople } from "./people.js";
import { setUpLightbox } from "./photos.js";
import { apply, changed, load, onChange, openChat, state } from "./store.js";

const actions = { reply: startReply, edit: startEdit, command: say, jump: jumpTo };
const isPhone = matchMedia("(max-width: 759px)");

function draw() {
  document.title = state.title ? `${state.title} · Preview` : "Preview";
  $("title").textContent = state.title || "Preview";
  drawPeople();
  drawLog(actions);
  drawComposer();
  drawClock();
}

function onEvent(event) {
  if (event.kind === "answer") {
    noteAnswer(event.press_id);
    if (event.text && event.chat_id === state.chatId) (event.show_alert ? alertBox : toast)(event.text);
  }
  if (event.kind === "typing") setTimeout(changed, 5100);
  if (apply(event)) fetchState().then(load).catch((error) => toast(error.message));
}

/** Opens the chat that the address names; on a wide page there is always one open. */
function followAddress() {
  const wanted = Number(location.hash.slice(1));
  const first = isPhone.matches ? null : state.chats.keys().next().value ?? null;
  state.chatId = state.chats.has(wanted) ? wanted : first;
  $("app").dataset.view = state.chatId === null ? "list" : "chat";
  if (state.chatId !== null) state.unread.delete(state.chatId);
  changed();
}

/** With a mouse, the next key goes to the message field; with the keyboard, one stays in the list. */
function takeKeyboard(event) {
  if (!event.target.closest(".chat-row") || event.detail === 0 || isPhone.matches) return;
  setTimeout(() => ($("start").hidden ? $("composer") : $("start")).focus());
}

function goBack() {
  const left = state.chatId;
  location.hash = "";
  document.querySelector(`[data-chat="${left}"]`)?.focus();
}

function setUpPeople() {
  $("add-person").onclick = () => {
    const options = state.languages.map(({ code, name }) => h("option", { value: code }, name));
    $("person-language").replaceChildren(...options);
    $("person-name").value = "";
    openDialog($("person-dialog"));
  };
  $("person-dialog").querySelector("form").onsubmit = async () => {
    const role = document.querySelector("input[name=role]:checked").value;
    try {
      const { id } = await post("persona", { name: $("person-name").value, language: $("person-language").value, role });
      load(await fetchState());
      location.hash = `#${id}`;
    } catch (error) {
      toast(error.message);
    }
  };
  $("reset").append(icon("reset"));
  $("reset").onclick = () => openDialog($("reset-dialog"));
  $("reset-dialog").querySelector("form").onsubmit = async () => {
    try {
      await post("reset");
      toast("Everything is fresh.");
    } catch (error) {
      toast(error.message);
    }
  };
}

function setUp() {
  $("back").append(icon("back"));
  $("to-end").append(icon("down"));
  $("lightbox-previous").append(icon("left"));
  $("lightbox-next").append(icon("right"));
  $("lightbox-close").append(icon("close"));
  setUpComposer();
  setUpClock();
  setUpPeople();
  setUpLightbox();
  setUpLog();
  onChange(draw);
  $("back").onclick = goBack;
  $("chats").addEventListener("click", takeKeyboard);
  addEventListener("hashchange", followAddress);
  isPhone.addEventListener("change", followAddress);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isPhone.matches && openChat() && !document.querySelector("dialog[open]")) goBack();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && state.unread.delete(state.chatId)) changed();
  });
  listen({
    onState: (fresh) => {
      load(fresh);
      followAddress();
      document.body.classList.add("ready");
    },
    onEvent,
    onConnection: (isThere) => { $("offline").hidden = isThere; },
  });
}

setUp();
