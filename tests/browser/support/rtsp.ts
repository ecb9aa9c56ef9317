import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const picture = 'videotestsrc is-live=true pattern=smpte ! video/x-raw,width=640,height=360,framerate=15/1 ! ';

/** What cameras send, as GStreamer pipelines. */
export const streams = {
  h264: `( ${picture} x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=500 ! rtph264pay name=pay0 pt=96
    audiotestsrc is-live=true volume=0.1 ! audioconvert ! audioresample ! audio/x-raw,rate=16000,channels=1 ! voaacenc ! rtpmp4gpay name=pay1 pt=97 )`,
  h265: `( ${picture} x265enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=300 ! rtph265pay name=pay0 pt=96 )`,
};

/** A real RTSP camera on loopback that asks for user and password: GStreamer's RTSP server in a process of its own. */
export class RtspCamera {
  private constructor(private readonly child: ChildProcess, readonly port: number) {}

  static async start(stream: string, user: string, password: string, port = 0): Promise<RtspCamera> {
    const script = resolve(import.meta.dirname, '../../Streaming/Rtsp/camera.py');
    const child = spawn('/usr/bin/python3', [script, String(port), stream, user, password], { stdio: ['pipe', 'pipe', 'inherit'] });
    const bound = await new Promise<number>((found, failed) => {
      createInterface({ input: child.stdout! }).once('line', (line) => found(Number(line)));
      child.once('exit', (code) => failed(new Error(`the RTSP server ended with ${code}; ./test installs what it needs`)));
    });
    return new RtspCamera(child, bound);
  }

  get address(): string {
    return `rtsp://127.0.0.1:${this.port}/live`;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((gone) => this.child.once('exit', gone));
    this.child.kill('SIGKILL');
    await ended;
  }
}
