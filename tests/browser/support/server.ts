import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { results, serverBinary } from './paths';

/** Demo accounts get this password through configuration, so that tests need not read the data folder. */
export const password = 'Browser-tests-2026';

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** The real server in its own process with its own data folder; the demo district is there, its simulated cameras are not. */
export class Server {
  private child?: ChildProcess;
  private readonly data = mkdtempSync(join(tmpdir(), 'xunke-browser-'));

  private constructor(readonly port: number, readonly mediaPort: number, private readonly settings: Record<string, string>) {}

  /** @param settings more of its settings, named as in the environment: Section__Name */
  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await freePort(), await freePort(), settings);
    try {
      await server.launch();
    } catch (error) {
      await server.dispose(); // nobody else knows of it
      throw error;
    }
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async launch(): Promise<void> {
    const log = createWriteStream(join(results, 'browser-server.log'), { flags: 'a' });
    this.child = spawn(serverBinary, ['serve', '--port', String(this.port), '--data', this.data], {
      env: {
        ...process.env,
        Demo__Cameras: 'false',
        Demo__Password: password,
        Media__UdpPort: String(this.mediaPort),
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.pipe(log);
    this.child.stderr?.pipe(log);
    const deadline = Date.now() + 90_000;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}; see browser-server.log`);
      const ready = await fetch(`${this.url}/health/ready`).then((r) => r.ok, () => false);
      if (ready) return;
      await new Promise((r) => setTimeout(r, 200));
    }
    throw new Error('the server was not ready in 90 s; see browser-server.log');
  }

  /** Stops it as Ctrl-C does and waits for its end. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const child = this.child;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return ended;
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }
}
