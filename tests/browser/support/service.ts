import { createServer, type Server as HttpServer } from 'node:http';

/** A sign-in service on another site ("localhost" is not 127.0.0.1), with names of its own. Whoever comes says who they are on its page. */
export class SignInService {
  private readonly codes = new Map<string, string>();
  private constructor(private readonly server: HttpServer, private readonly port: number) {}

  /** Whether it answers the server; browsers reach it all the same. */
  answers = true;

  static async start(): Promise<SignInService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const service = new SignInService(server, (server.address() as { port: number }).port);
    server.on('request', (request, response) => {
      const url = new URL(request.url!, service.url);
      const json = (body: unknown, status = 200) =>
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      if (url.pathname === '/page') {
        // The person chooses to go back: a link of another site, as it is in life.
        const back = new URL(url.searchParams.get('redirect')!);
        service.codes.set('a-code', '张三');
        back.search = new URLSearchParams({ code: 'a-code', state: url.searchParams.get('state')! }).toString();
        response
          .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
          .end(`<!doctype html><html lang="zh"><title>企业微信</title><a href="${back.href.replaceAll('&', '&amp;')}">我是张三</a>`);
      } else if (!service.answers) json({ errcode: -1 }, 502);
      else if (url.pathname === '/token') json({ access_token: 'a-token' });
      else if (url.pathname === '/user') json({ userid: 'zhangsan', name: service.codes.get(url.searchParams.get('code')!) });
      else json({}, 404);
    });
    return service;
  }

  private get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Settings for the server, named as in the environment. */
  get settings(): Record<string, string> {
    const own: Record<string, string> = {
      Name: 'wecom',
      Label: '企业微信',
      LabelEn: 'WeCom',
      ClientId: 'corp',
      ClientSecret: 'secret',
      AuthorizationEndpoint: `${this.url}/page`,
      TokenEndpoint: `${this.url}/token`,
      UserInfoEndpoint: `${this.url}/user`,
      ClientIdParameter: 'appid',
      RedirectUriParameter: 'redirect',
      TokenRequest: 'query',
      AccessTokenParameter: 'access_token',
      UserInfoCodeParameter: 'code',
      SubjectClaim: 'userid',
    };
    return Object.fromEntries(Object.entries(own).map(([key, value]) => [`SignInServices__0__${key}`, value]));
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
