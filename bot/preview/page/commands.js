// The menu of the bot's commands: opens on a slash, is walked with the arrow keys.

import { $, h, icon } from "./dom.js";
import { field, say, write } from "./field.js";
import { openChat, state } from "./store.js";

let chosen = -1; // the command that is marked

const matching = () => {
  const match = /^\/(\S*)$/.exec(field().value);
  return match ? (openChat()?.commands ?? []).filter(({ command }) => command.startsWith(match[1].toLowerCase())) : [];
};

/** Whether the menu is shown. */
export const areCommandsOpen = () => !$("commands").hidden;

/** Shows the commands that fit what was typed. */
export function suggestCommands() {
  chosen = field().value.length > 1 ? 0 : -1;
  draw(matching());
}

/** Hides the menu. */
export function closeCommands() {
  chosen = -1;
  draw([]);
}

/** Marks the next command (1) or the one before (-1). */
export function walkCommands(step) {
  const commands = matching();
  chosen = chosen < 0 && step < 0 ? commands.length - 1 : (chosen + step + commands.length) % commands.length;
  draw(commands);
}

/** Sends the marked command; returns false when none is. */
export function takeCommand() {
  const command = areCommandsOpen() ? matching()[chosen]?.command : null;
  if (command) choose(command);
  return Boolean(command);
}

function draw(commands) {
  $("commands").hidden = !commands.length;
  for (const element of [field(), $("command-button")]) element.setAttribute("aria-expanded", String(commands.length > 0));
  chosen = Math.min(chosen, commands.length - 1);
  $("commands").replaceChildren(...commands.map(({ command, description }, index) => h(
    "div", {
      role: "option", id: `command-${index}`, class: "option", "aria-selected": String(index === chosen),
      onmousedown: (event) => event.preventDefault(), onclick: () => choose(command),
    },
    h("b", {}, `/${command}`), h("span", { dir: "auto" }, description),
  )));
  if (chosen >= 0) field().setAttribute("aria-activedescendant", `command-${chosen}`);
  else field().removeAttribute("aria-activedescendant");
  $(`command-${chosen}`)?.scrollIntoView({ block: "nearest" });
}

function choose(command) {
  write("");
  closeCommands();
  say(openChat().type === "private" ? `/${command}` : `/${command}@${state.bot.username}`);
  field().focus();
}

/** Wires the button that opens the menu. */
export function setUpCommands() {
  $("command-button").append(icon("slash"));
  $("command-button").onclick = () => {
    const wasOpen = areCommandsOpen();
    closeCommands();
    write(wasOpen ? "" : "/");
    if (!wasOpen) suggestCommands();
    field().focus();
  };
}
