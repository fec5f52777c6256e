// The calls of the web chat. A refusal becomes an Error whose message is the server's sentence.

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`/webchat/api${path}`, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new Error('PatchBot does not answer. Nothing was sent; check that it runs and try again.');
  }

  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    throw new Error(answer?.error ?? `PatchBot answered with status ${response.status}. Look at its log.`);
  }

  return answer;
}

const channelPath = (channel) => `/channels/${encodeURIComponent(channel)}/messages`;

export const api = {
  channels: () => call('GET', '/channels'),
  people: () => call('GET', '/people'),
  messages: (channel) => call('GET', channelPath(channel)),
  say: (channel, user, text, threadId) => call('POST', channelPath(channel), { user, text, threadId }),
  edit: (id, user, text) => call('PUT', `/messages/${id}`, { user, text }),
  remove: (id, user) => call('DELETE', `/messages/${id}`, { user }),
  looks: (id, classic) => call('GET', `/messages/${id}/looks${classic ? '?classic=true' : ''}`),
  press: (id, user, action, inputs) =>
    call('POST', `/messages/${id}/actions`, { user, action, inputs, pressId: newPressId() }),
};

// Not randomUUID: that exists in secure contexts only, and a remote page may be plain http.
const newPressId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Live updates. `hello(resumed)` comes with every connection; when not resumed, read everything anew. */
export function listen({ hello, message, removed, lost }) {
  const source = new EventSource('/webchat/api/events');
  source.addEventListener('hello', (event) => hello(JSON.parse(event.data).resumed));
  source.addEventListener('message', (event) => message(JSON.parse(event.data)));
  source.addEventListener('removed', (event) => removed(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    lost();
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ hello, message, removed, lost }), 3000);
    }
  });
}
