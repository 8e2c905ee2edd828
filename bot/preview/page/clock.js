// The clock of the rehearsal: shown everywhere, set in a dialog.

import { post } from "./api.js";
import { $, h, openDialog, svg } from "./dom.js";
import { toast } from "./notices.js";
import { changed, now, setClock, state } from "./store.js";
import { dayOf, fieldsOf, timeOf } from "./when.js";

/** Draws the present moment. */
export function drawClock() {
  const seconds = now() / 1000;
  const box = $("clock");
  box.querySelector(".clock-time").textContent = timeOf(seconds);
  box.querySelector(".clock-day").textContent = dayOf(seconds);
  box.querySelector(".clock-note").textContent = state.clock.isSet ? "Change" : "Now";
  box.setAttribute("aria-label", `The rehearsal's time: ${timeOf(seconds)}, ${dayOf(seconds)}. Change it.`);
  const [hour, minute] = timeOf(seconds).split(":").map(Number);
  box.querySelector(".clock-face").replaceChildren(face(hour, minute));
  $("chat-clock").textContent = timeOf(seconds);
  $("chat-clock").setAttribute("aria-label", `${timeOf(seconds)}, ${dayOf(seconds)}. Change the time.`);
}

function face(hour, minute) {
  const hand = (angle, length, kind) => svg("line", {
    x1: 20, y1: 20, x2: 20 + length * Math.sin(angle), y2: 20 - length * Math.cos(angle), class: kind,
  });
  return svg("svg", { viewBox: "0 0 40 40" },
    svg("circle", { cx: 20, cy: 20, r: 17 }),
    hand(((hour % 12) + minute / 60) * Math.PI / 6, 8, "hour"), hand(minute * Math.PI / 30, 12.5, "minute"));
}

let typed = false; // somebody writes into the fields, which must not change under their hands

function fill() {
  const { date, time } = fieldsOf(now() / 1000);
  if (!typed) {
    $("clock-date").value = date;
    $("clock-hour").value = time;
  }
  $("clock-hint").textContent = `Time zone ${state.clock.zone.replace("_", " ")}. The bot lives by this clock, which goes on from the moment you set.`;
  $("clock-days").hidden = !state.clock.days.length;
  $("clock-days").replaceChildren(...state.clock.days.map((day) => {
    const moment = new Date(`${day}T12:00:00Z`);
    const label = moment.toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" });
    return h("button", {
      type: "button", "aria-pressed": String(day === date), onclick: () => set({ moment: `${day}T${$("clock-hour").value || "08:10"}` }),
      "aria-label": moment.toLocaleDateString("en-GB", { dateStyle: "full", timeZone: "UTC" }),
    }, h("span", {}, label), h("b", {}, String(moment.getUTCDate())));
  }));
}

async function set(values) {
  typed = false;
  try {
    setClock(await post("clock", values));
    changed();
    fill();
  } catch (error) {
    toast(error.message);
  }
}

/** Wires the clock and lets it tick. */
export function setUpClock() {
  const show = () => {
    typed = false;
    fill();
    openDialog($("clock-dialog"));
  };
  $("clock").onclick = show;
  $("chat-clock").onclick = show;
  for (const button of $("clock-dialog").querySelectorAll("[data-hours]")) button.onclick = () => set({ hours: Number(button.dataset.hours) });
  $("clock-now").onclick = () => set({});
  $("clock-dialog").querySelector("form").onsubmit = () => set({ moment: `${$("clock-date").value}T${$("clock-hour").value}` });
  $("clock-dialog").addEventListener("input", () => {
    typed = true;
  });
  setInterval(drawClock, 1000);
}
