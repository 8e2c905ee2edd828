// Talking to the server: requests and the stream of events.

/** Posts JSON, or a form when there is a file. Throws an Error with the server's words. */
export async function post(name, values = {}, file = null) {
  const request = { method: "POST" };
  if (file) {
    request.body = new FormData();
    request.body.append("values", JSON.stringify(values));
    request.body.append("file", file);
  } else {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(values);
  }
  let response;
  try {
    response = await fetch(`/api/${name}`, request);
  } catch {
    throw new Error("The preview does not answer. Is it still running in the terminal?");
  }
  if (!response.ok) throw new Error((await response.text()) || "That did not work.");
  return response.json();
}

/** The whole state of the rehearsal. */
export async function fetchState() {
  const response = await fetch("/api/state");
  if (!response.ok) throw new Error("The preview does not answer.");
  return response.json();
}

/**
 * Listens for events and reconnects by itself. After every (re)connection `onState` gets the whole state first,
 * so that nothing is missed; `onConnection(false)` tells that the server is away.
 */
export function listen({ onState, onEvent, onConnection }) {
  const source = new EventSource("/api/events");
  let waiting = [];
  source.onopen = async () => {
    waiting = [];
    try {
      onState(await fetchState());
    } catch {
      return;
    }
    onConnection(true);
    const missed = waiting;
    waiting = null;
    missed.forEach(onEvent);
  };
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (waiting) waiting.push(event);
    else onEvent(event);
  };
  source.onerror = () => onConnection(false);
}
