using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Xunke.Actors.Messaging;

namespace Xunke.Web.Hosting;

/// <summary>Every error answer: RFC 9457 problem+json with a <c>code</c> for programs and a Chinese <c>detail</c> for people.</summary>
internal static class Problems
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.ProblemDetails));
        builder.Services.AddExceptionHandler<RecordsUnavailableHandler>();
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = fault => fault switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                AskTimeoutException or ActorUnavailableException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseStatusCodePages();
    }

    public static ProblemHttpResult Create(int status, string code, string detail, params (string Name, object? Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        problem.Extensions["code"] = code;
        foreach ((string name, object? value) in more)
        {
            problem.Extensions[name] = value;
        }

        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult BadRequest(string code, string detail) => Create(StatusCodes.Status400BadRequest, code, detail);

    public static ProblemHttpResult Unauthenticated() => Create(StatusCodes.Status401Unauthorized, "unauthenticated", "请先登录");

    public static ProblemHttpResult Forbidden() => Create(StatusCodes.Status403Forbidden, "forbidden", "没有权限");

    public static ProblemHttpResult NotFound(string code, string detail) => Create(StatusCodes.Status404NotFound, code, detail);

    public static ProblemHttpResult UnknownRoom() => NotFound("unknown-room", "没有这间教室");

    public static ProblemHttpResult UnknownSchool() => NotFound("unknown-school", "没有这所学校");

    private static void Complete(ProblemDetails problem)
    {
        (string code, string detail) = problem.Status switch
        {
            StatusCodes.Status400BadRequest => ("bad-request", "请求格式不对"),
            StatusCodes.Status401Unauthorized => ("unauthenticated", "请先登录"),
            StatusCodes.Status403Forbidden => ("forbidden", "没有权限"),
            StatusCodes.Status404NotFound => ("not-found", "没有这个地址"),
            StatusCodes.Status405MethodNotAllowed => ("method-not-allowed", "不支持这种请求"),
            StatusCodes.Status413PayloadTooLarge => ("too-large", "请求太大"),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported-content-type", "不支持这种内容"),
            StatusCodes.Status429TooManyRequests => ("too-many-requests", "请求太频繁，请稍后再试"),
            StatusCodes.Status503ServiceUnavailable => ("busy", "服务器繁忙，请稍后再试"),
            _ => ("server-fault", "服务器出错，请稍后再试"),
        };
        problem.Extensions.TryAdd("code", code);
        problem.Detail ??= detail;
    }
}
