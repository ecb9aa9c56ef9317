import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, newContext } from './support/browser';
import { Camera } from './support/camera';
import { cameraKey, signIn } from './support/people';
import { Server } from './support/server';

const room = 's01-102';

/** What the viewer's page keeps. */
interface Viewer {
  connection: RTCPeerConnection;
  resource: string;
  answer: string;
}

/** Chromium in a school whose firewall lets no UDP through, and one that looks for a new path in the middle of a visit. */
describe('network shapes', () => {
  let server: Server;
  let browser: Browser;
  let camera: Camera;
  let page: Page;

  beforeAll(async () => {
    server = await Server.start();
    browser = await launchBrowser();
    camera = await Camera.open();
    page = await (await newContext(browser)).newPage();
    await signIn(page, server, 'inspector');
  });

  afterAll(async () => {
    await camera?.close();
    await browser?.close();
    await server?.dispose();
  });

  test('a camera without UDP publishes over TCP', async () => {
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key, 'H264', 'tcp')).status).toBe(201);
    expect(await camera.protocol()).toBe('tcp');
  });

  test('a viewer without UDP sees it over TCP', async () => {
    await view(page, room);
    await expect.poll(() => framesDecoded(page), { timeout: 30_000 }).toBeGreaterThan(30);
    expect(await selectedProtocol(page)).toBe('tcp');
  });

  test('an ICE restart in the middle of a visit keeps the picture, and may change from TCP to UDP', async () => {
    const before = await framesDecoded(page);
    const statuses = await restart(page);
    expect(statuses).toEqual([428, 412, 200]);
    await expect.poll(() => selectedProtocol(page), { timeout: 30_000 }).toBe('udp');
    const moved = await framesDecoded(page);
    await expect.poll(() => framesDecoded(page), { timeout: 30_000 }).toBeGreaterThan(moved + 30);
    expect(moved).toBeGreaterThanOrEqual(before);
  });

  test('a camera that offers H.264 in single packets only is seen by the same viewer', async () => {
    const { whipUrl, key } = await cameraKey(server, room);
    expect((await camera.publish(whipUrl, key, 'H264', 'udp', [], 0)).status).toBe(201);
    const before = await framesDecoded(page);
    await expect.poll(() => framesDecoded(page), { timeout: 30_000 }).toBeGreaterThan(before + 15);
  });
});

/** Visits the room and views it by WHEP, from an answer without its UDP candidates. */
function view(page: Page, room: string): Promise<void> {
  return page.evaluate(async (room) => {
    const visit = await fetch('/api/visits', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ roomId: room, purpose: '网络测试' }),
    }).then((response) => response.json());
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    connection.addTransceiver('video', { direction: 'recvonly' });
    const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true });
    connection.ontrack = (event) => (video.srcObject = new MediaStream([event.track]));
    document.body.append(video);
    await connection.setLocalDescription();
    const response = await fetch(`/whep/${room}?visitId=${visit.visitId}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: connection.localDescription!.sdp,
    });
    const answer = await response.text();
    if (response.status !== 201) throw new Error(answer);
    await connection.setRemoteDescription({ type: 'answer', sdp: answer.replace(/a=candidate:\S+ 1 udp .*\r\n/g, '') });
    Object.assign(window, { viewer: { connection, resource: response.headers.get('Location')!, answer } satisfies Viewer });
  }, room);
}

/** Tries a PATCH without If-Match, one with a stale entity tag, and one that restarts ICE with all candidates. */
function restart(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const { connection, resource, answer } = (window as unknown as { viewer: Viewer }).viewer;
    const offer = await connection.createOffer({ iceRestart: true });
    const line = (start: string) => offer.sdp!.split('\r\n').find((l) => l.startsWith(start))!;
    const body = [line('a=ice-ufrag:'), line('a=ice-pwd:'), line('m='), line('a=mid:'), ''].join('\r\n');
    const patch = (headers: Record<string, string>) =>
      fetch(resource, { method: 'PATCH', headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', ...headers }, body });
    const refused = [(await patch({})).status, (await patch({ 'If-Match': '"stale"' })).status];
    const response = await patch({ 'If-Match': '*' });
    const fragment = await response.text();
    const credential = (name: string) => new RegExp(`a=ice-${name}:.*`).exec(fragment)![0];
    await connection.setLocalDescription(offer);
    const sdp = answer.replace(/a=ice-ufrag:.*/g, credential('ufrag')).replace(/a=ice-pwd:.*/g, credential('pwd'));
    await connection.setRemoteDescription({ type: 'answer', sdp });
    return [...refused, response.status];
  });
}

function framesDecoded(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { connection } = (window as unknown as { viewer: Viewer }).viewer;
    for (const report of (await connection.getStats()).values()) {
      if (report.type === 'inbound-rtp' && report.kind === 'video') return report.framesDecoded as number;
    }
    return 0;
  });
}

function selectedProtocol(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const { connection } = (window as unknown as { viewer: Viewer }).viewer;
    const stats = await connection.getStats();
    const transport = [...stats.values()].find((report) => report.type === 'transport');
    const pair = stats.get(transport?.selectedCandidatePairId);
    return stats.get(pair?.remoteCandidateId)?.protocol as string | undefined;
  });
}
