// Photos in a message: one, or an album as a grid; and the lightbox that shows them large.

import { $, h, openDialog } from "./dom.js";
import { state } from "./store.js";

// How many photos stand in each row, by the album's size.
const ROWS = {
  2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [1, 3, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 2, 3, 3],
};

/** The photos of one message or album. */
export function photoGrid(messages) {
  const shots = messages.map((message) => ({
    source: `/media/${message.photo.at(-1).file_id}`, size: message.photo.at(-1), caption: message.caption ?? "",
  }));
  const grid = h("div", { class: "photos" });
  const spans = (ROWS[shots.length] ?? shots.map(() => 1)).flatMap((count) => Array(count).fill(6 / count));
  shots.forEach((shot, index) => {
    const label = shot.caption ? `Open photo: ${shot.caption}` : `Open photo ${index + 1} of ${shots.length}`;
    const picture = h("img", { src: shot.source, alt: "", width: shot.size.width, height: shot.size.height, loading: "lazy" });
    const button = h("button", { type: "button", class: "photo", "aria-label": label, onclick: () => open(shots, index) }, picture);
    button.dataset.span = shots.length === 1 ? "alone" : spans[index];
    if (shots.length === 1) button.style.aspectRatio = `${shot.size.width} / ${shot.size.height}`;
    grid.append(button);
  });
  return grid;
}

let shown = { shots: [], index: 0 };

function open(shots, index) {
  shown = { shots, index };
  draw();
  openDialog($("lightbox"));
}

function draw() {
  const { shots, index } = shown;
  $("lightbox-image").src = shots[index].source;
  $("lightbox-image").alt = shots[index].caption || `Photo sent by ${state.bot.first_name}`;
  $("lightbox-caption").textContent = shots[index].caption;
  for (const [id, target] of [["lightbox-previous", index - 1], ["lightbox-next", index + 1]]) {
    $(id).hidden = !(target in shots);
    $(id).onclick = () => {
      shown.index = target;
      draw();
    };
  }
}

/** Wires the lightbox's keys. */
export function setUpLightbox() {
  $("lightbox-close").onclick = () => $("lightbox").close();
  $("lightbox").addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" && !$("lightbox-previous").hidden) $("lightbox-previous").click();
    if (event.key === "ArrowRight" && !$("lightbox-next").hidden) $("lightbox-next").click();
  });
}
