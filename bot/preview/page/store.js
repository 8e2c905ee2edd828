// What the page knows: people, chats, the clock, who is played; and whom to tell when it changes.

export const state = {
  title: "",
  bot: null,
  people: [],
  languages: [],
  chats: new Map(), // by id; messages is a Map by message_id
  clock: { offset: 0, zone: "UTC", days: [], isSet: false },
  chatId: null,
  actors: new Map(), // in groups: who writes, by chat id
  unread: new Map(), // by chat id
  typing: new Map(), // by chat id: until when, in milliseconds of this host
  presses: new Map(), // waiting buttons: press id → key of the button
  reactions: new Map(), // "chat:message" → emoji
};

const listeners = new Set();

/** Calls `listener` after every change. */
export const onChange = (listener) => listeners.add(listener);

/** Tells everybody that something changed. */
export const changed = () => listeners.forEach((listener) => listener());

/** The chat that is open, or null. */
export const openChat = () => state.chats.get(state.chatId) ?? null;

/** A person by id. */
export const person = (id) => state.people.find((one) => one.id === id);

/** Who writes in a chat: its only member, or the one chosen for a group. */
export const actorOf = (chat) => state.actors.get(chat.id) ?? chat.members[0];

/** The present moment of the rehearsal, in milliseconds. */
export const now = () => Date.now() + state.clock.offset;

/** A language's own name. */
export const languageName = (code) => state.languages.find((one) => one.code === code)?.name ?? code ?? "";

/** Takes over the server's whole state. */
export function load(fresh) {
  state.title = fresh.title;
  state.bot = fresh.bot;
  state.people = fresh.people;
  state.languages = fresh.languages;
  state.chats = new Map(fresh.chats.map((chat) => [
    chat.id, { ...chat, messages: new Map(chat.messages.map((message) => [message.message_id, message])) },
  ]));
  setClock(fresh.clock);
  if (!state.chats.has(state.chatId)) state.chatId = null;
  changed();
}

/** Takes over the server's clock. */
export function setClock(clock) {
  state.clock = { offset: clock.now * 1000 - Date.now(), zone: clock.zone, days: clock.days, isSet: clock.is_set };
}

/** Applies one event. Returns true when the whole state has to be fetched again. */
export function apply(event) {
  const chat = state.chats.get(event.chat_id);
  switch (event.kind) {
    case "message":
      return chat ? addMessage(chat, event.message) : true;
    case "edited":
      chat?.messages.set(event.message.message_id, event.message);
      break;
    case "deleted":
      chat?.messages.delete(event.message_id);
      break;
    case "typing":
      state.typing.set(event.chat_id, Date.now() + 5000);
      break;
    case "answer":
      state.presses.delete(event.press_id);
      break;
    case "pinned":
      if (chat) chat.pinned = event.pinned;
      break;
    case "reaction":
      state.reactions.set(`${event.chat_id}:${event.message_id}`, event.emoji.join(""));
      break;
    case "clock":
      setClock(event.clock);
      break;
    case "reset":
      state.unread.clear();
      state.typing.clear();
      state.presses.clear();
      state.reactions.clear();
      return true;
    case "chats":
    case "commands":
      return true;
  }
  changed();
  return false;
}

function addMessage(chat, message) {
  const known = chat.messages.has(message.message_id);
  chat.messages.set(message.message_id, message);
  if (message.from.id === state.bot.id) {
    state.typing.delete(chat.id);
    if (!known && (chat.id !== state.chatId || document.hidden)) {
      state.unread.set(chat.id, (state.unread.get(chat.id) ?? 0) + 1);
    }
  }
  changed();
  return false;
}
