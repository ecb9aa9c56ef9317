using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Identity;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.SignInServices;

/// <summary>Signing in with an account of another service: <c>/api/session/services</c> and <c>/api/session/service</c>.</summary>
internal static partial class SignInServicesFeature
{
    /// <summary>A service that people can sign in with.</summary>
    internal sealed record SignInServiceView(string Name, string Label, string LabelEn);

    /// <summary>The services, in the order of the settings.</summary>
    internal sealed record SignInServiceList(IEnumerable<SignInServiceView> Services);

    /// <summary>The page to come back to; null: the one to sign in at.</summary>
    internal sealed record ServiceStart(string? ReturnTo);

    /// <summary>Where the browser is to go.</summary>
    internal sealed record ServiceAddress(string Address);

    /// <summary>A code of the account's second factor; left out until "code-needed" asks for it.</summary>
    internal sealed record ServiceCode(string? Code);

    /// <summary>
    /// Whom a service has named to this browser, who is yet to sign in or to link an account. Name is the person's there, if it tells.
    /// </summary>
    internal sealed record WaitingSignIn(string Service, string Label, string LabelEn, string? Name, bool IsLinked);

    /// <exception cref="StartupException">The settings are wrong.</exception>
    public static void AddSignInServices(this WebApplicationBuilder builder)
    {
        var book = SignInServiceBook.Read(builder.Configuration);
        builder.Services.AddSingleton(book);
        builder.Services.AddSingleton<PendingSignIns>();
        builder.Services.AddSingleton<ServiceReturn>();
        builder.Services.AddScoped<AccountLinks>();
        AuthenticationBuilder authentication = builder.Services.AddAuthentication();
        foreach (SignInService service in book.All)
        {
            authentication.AddService(service);
        }
    }

    public static void MapSignInServices(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/session").AllowAnonymous().WithTags("Session");
        group.MapGet("/services", List).WithSummary("The services that people can sign in with besides the password");
        group.MapPost("/services/{service}", BeginAsync).WithSummary("Begins a sign-in with a service: where the browser is to go")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/service", ShowAsync)
            .WithSummary("Whom a service has named to this browser, who is yet to sign in or to link an account; 204: nobody");
        group.MapPost("/service", SignInAsync).WithSummary("Signs in whom a service has named, and sets the session cookie")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status423Locked)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapDelete("/service", Forget).WithSummary("Forgets whom a service has named; harmless when it is nobody");
    }

    private static Ok<SignInServiceList> List(SignInServiceBook book) => TypedResults.Ok(new SignInServiceList(
        book.All.Select(service => new SignInServiceView(service.Name, service.Label, service.LabelEn))));

    private static async Task<Results<Ok<ServiceAddress>, ProblemHttpResult>> BeginAsync(
        string service, ServiceStart wanted, HttpContext context, SignInServiceBook book, ILogger<SignInService> log)
    {
        if (book.Find(service) is not { } found)
        {
            return UnknownService();
        }

        string page = wanted.ReturnTo ?? ReturnPath.SignInPage;
        if (!ReturnPath.IsOwn(page))
        {
            return Problems.BadRequest("bad-return", "只能回到本系统的页面");
        }

        try
        {
            await context.ChallengeAsync(found.Scheme, new AuthenticationProperties { RedirectUri = page });
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested
            && (ServiceFault.IsSilence(fault) || fault is InvalidOperationException))
        {
            LogDown(log, fault, found.Name);
            return Problems.Create(
                StatusCodes.Status503ServiceUnavailable, "service-down", $"“{found.Label}”没有应答；请用密码登录，或稍后再试",
                ("label", found.Label), ("labelEn", found.LabelEn));
        }

        // The page goes there itself: what it asks for here must not leave this server.
        string address = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        return TypedResults.Ok(new ServiceAddress(address));
    }

    private static async Task<Results<Ok<WaitingSignIn>, NoContent>> ShowAsync(
        HttpRequest request, PendingSignIns pending, SignInServiceBook book, AccountLinks links, CancellationToken cancellationToken) =>
        pending.Read(request) is { } who && book.Find(who.Service) is { } service
            ? TypedResults.Ok(new WaitingSignIn(
                service.Name, service.Label, service.LabelEn, who.Name, await links.FindAsync(who, cancellationToken) is not null))
            : TypedResults.NoContent();

    private static async Task<Results<Ok<SessionFeature.SessionUser>, ProblemHttpResult>> SignInAsync(
        ServiceCode proof, HttpContext context, PendingSignIns pending, SignInServiceBook book, AccountLinks links, SignIns signIns,
        SignInAnswers answers, SignInRefusals refusals, SessionOpening opening)
    {
        if (pending.Read(context.Request) is not { } who || book.Find(who.Service) is not { } service)
        {
            return Problems.BadRequest("no-service-sign-in", "登录没有完成，或已过了十分钟；请再来一次");
        }

        if (await links.FindAsync(who, context.RequestAborted) is not { } account)
        {
            refusals.Note(null, context.Connection.RemoteIpAddress);
            return Problems.Create(
                StatusCodes.Status403Forbidden, "not-linked", $"这个“{service.Label}”帐号还没有关联本系统的帐号；请先用密码登录一次并关联",
                ("label", service.Label), ("labelEn", service.LabelEn));
        }

        SignIns.Outcome outcome = await signIns.TryLinkedAsync(context, account, proof.Code is { Length: <= 100 } code ? code : null);
        if (await answers.RefusalOfAsync(outcome, context) is { } refusal)
        {
            // There is no name and no password to be wrong.
            return outcome is { Wait: null, Fault: SignInFault.WrongCredentials }
                ? Problems.Create(StatusCodes.Status403Forbidden, "account-closed", "这个帐号已停用，不能登录；请联系管理员")
                : refusal;
        }

        SessionFeature.SessionUser user = await opening.OpenAsync(context, outcome.Account!, service.Name);
        PendingSignIns.Forget(context);
        return TypedResults.Ok(user);
    }

    private static NoContent Forget(HttpContext context)
    {
        PendingSignIns.Forget(context);
        return TypedResults.NoContent();
    }

    internal static ProblemHttpResult UnknownService() => Problems.NotFound("unknown-service", "没有这种登录方式");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in service {Service} does not answer")]
    private static partial void LogDown(ILogger log, Exception fault, string service);
}
