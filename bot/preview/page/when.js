// Moments of the rehearsal, written in the programme's time zone.

import { state } from "./store.js";

const format = (options) => (seconds) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: state.clock.zone, ...options }).format(new Date(seconds * 1000));

export const timeOf = format({ hour: "2-digit", minute: "2-digit" });
export const dayOf = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDayOf = format({ weekday: "short", day: "numeric", month: "short" });
export const momentOf = format({ dateStyle: "full", timeStyle: "short" });

/** Date and time as the fields of a form want them: `2030-05-31` and `14:00`. */
export function fieldsOf(seconds) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", {
      timeZone: state.clock.zone, year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date(seconds * 1000)).map((part) => [part.type, part.value]),
  );
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}
