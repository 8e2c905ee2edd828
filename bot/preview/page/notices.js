// Short notices: toasts that go by themselves, and alerts that wait for OK.

import { $, h, openDialog } from "./dom.js";

const SECONDS = 4;

/** Shows a line for a few seconds. */
export function toast(text) {
  const element = h("p", { class: "toast", dir: "auto" }, text);
  $("toasts").append(element);
  setTimeout(() => element.remove(), SECONDS * 1000 + text.length * 30);
}

/** Shows a text until somebody says OK. */
export function alertBox(text) {
  $("alert-text").textContent = text;
  openDialog($("alert-dialog"));
}
