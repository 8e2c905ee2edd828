// A place: a card with a drawn map (no tiles are fetched), name, address and a way out to OpenStreetMap.

import { h, icon, svg } from "./dom.js";

const WIDTH = 320;
const HEIGHT = 150;

/** The card of a venue, or of a bare location. */
export function placeCard(location, venue) {
  const { latitude, longitude } = location;
  const position = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return h(
    "div", { class: "place" },
    drawnMap(latitude, longitude, venue?.title ?? "the place"),
    h(
      "div", { class: "place-text" },
      h("strong", { dir: "auto" }, venue?.title ?? "Location"),
      venue ? h("span", { dir: "auto" }, venue.address) : null,
      h("span", { class: "position" }, position),
    ),
    h("a", { class: "place-link", href: url, target: "_blank", rel: "noopener noreferrer" },
      icon("link"), "Open in OpenStreetMap"),
  );
}

/** Streets, blocks and water that depend on the position only, with a pin in the middle. */
function drawnMap(latitude, longitude, name) {
  const random = numbers(Math.round(latitude * 1e4) * 7919 + Math.round(longitude * 1e4));
  const map = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map", role: "img", preserveAspectRatio: "xMidYMid slice",
    "aria-label": `A drawing of a map with a pin at ${name}`,
  });
  map.append(svg("rect", { width: WIDTH, height: HEIGHT, class: "land" }));
  for (let park = 0; park < 3; park += 1) {
    map.append(svg("rect", {
      x: random() * WIDTH, y: 40 + random() * HEIGHT, width: 40 + random() * 50, height: 26 + random() * 30,
      rx: 7, class: "park", transform: `rotate(${random() * 20 - 10})`,
    }));
  }
  const tilt = random() * 16 - 8;
  const streets = svg("g", { transform: `rotate(${tilt} ${WIDTH / 2} ${HEIGHT / 2})` });
  for (let x = -20 + random() * 20; x < WIDTH + 40; x += 26 + random() * 34) streets.append(line(x, -60, x, HEIGHT + 60, "street"));
  for (let y = -30 + random() * 20; y < HEIGHT + 40; y += 22 + random() * 26) streets.append(line(-60, y, WIDTH + 60, y, "street"));
  streets.append(svg("path", { d: wave(random, HEIGHT * (0.05 + random() * 0.2)), class: "water" }));
  streets.append(line(-60, HEIGHT * 0.62, WIDTH + 60, HEIGHT * 0.55, "avenue"));
  streets.append(line(WIDTH * 0.52, -60, WIDTH * (0.4 + random() * 0.2), HEIGHT + 60, "avenue"));
  map.append(streets);
  const [x, y] = [WIDTH / 2, HEIGHT * 0.58];
  map.append(svg("ellipse", { cx: x, cy: y, rx: 8, ry: 3, class: "pin-shadow" }));
  map.append(svg("path", { d: `M${x} ${y}c-9-13-16-19-16-29a16 16 0 0132 0c0 10-7 16-16 29z`, class: "pin" }));
  map.append(svg("circle", { cx: x, cy: y - 29, r: 6, class: "pin-hole" }));
  return map;
}

const line = (x1, y1, x2, y2, kind) => svg("line", { x1, y1, x2, y2, class: kind });

function wave(random, height) {
  const points = [0, 1, 2, 3, 4].map((step) => `${(WIDTH / 4) * step} ${height + random() * 18 - 9}`);
  return `M-60 -90H${WIDTH + 60}V${height}L${points.reverse().join("L")}L-60 ${height}Z`;
}

/** The same numbers between 0 and 1 for the same seed. */
function numbers(seed) {
  let value = seed >>> 0;
  return () => {
    value = (Math.imul(value, 1664525) + 1013904223) >>> 0;
    return value / 4294967296;
  };
}
