import type { Page } from 'playwright-core';

export interface Publication {
  status: number;
  problem?: { code?: string; title?: string; detail?: string };
}

/** Publishes the browser's camera by WHIP (RFC 9725), exactly as a page of somebody else's would. The page must be on http://127.0.0.1. */
export async function publish(page: Page, whipUrl: string, key: string, codec: 'H264' | 'VP8' = 'H264'): Promise<Publication> {
  return page.evaluate(async ({ whipUrl, key, codec }) => {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 1280, height: 720, frameRate: 15 },
    });
    const connection = new RTCPeerConnection();
    for (const track of stream.getTracks()) {
      const transceiver = connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
      if (track.kind !== 'video') continue;
      const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
      transceiver.setCodecPreferences(codecs.filter((c) => c.mimeType === `video/${codec}`));
    }
    await connection.setLocalDescription();
    const response = await fetch(whipUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${key}` },
      body: connection.localDescription!.sdp,
    });
    if (response.status !== 201) return { status: response.status, problem: await response.json() };
    await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (connection.connectionState === 'connected') resolve();
        if (connection.connectionState === 'failed') reject(new Error('the connection failed'));
      };
      connection.onconnectionstatechange = look;
      look();
    });
    Object.assign(window, { camera: { connection, stream, resource: new URL(response.headers.get('Location')!, whipUrl).href, key } });
    return { status: 201 };
  }, { whipUrl, key, codec });
}

/** Stops without a word, as a camera that loses its power does. */
export async function pullThePlug(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { camera } = window as unknown as { camera: { connection: RTCPeerConnection; stream: MediaStream } };
    camera.connection.close();
    for (const track of camera.stream.getTracks()) track.stop();
  });
}

/** Ends the session as a well-behaved publisher does. */
export async function hangUp(page: Page): Promise<number> {
  const status = await page.evaluate(async () => {
    const { camera } = window as unknown as { camera: { resource: string; key: string } };
    const response = await fetch(camera.resource, { method: 'DELETE', headers: { Authorization: `Bearer ${camera.key}` } });
    return response.status;
  });
  await pullThePlug(page);
  return status;
}
