namespace Xunke.Web.Configuration;

/// <summary>
/// Section SignInServices: a list of services whose accounts people sign in with besides the password, such as WeCom, DingTalk or a
/// national platform ([sign-in-services.md](sign-in-services.md)). Each has these settings, such as SignInServices:0:Name.
/// </summary>
internal sealed class SignInServiceSettings
{
    /// <summary>Its short name: letters a to z, digits and "-". Links of accounts hold by it, so it must not be given to another
    /// service.</summary>
    public string Name { get; set; } = "";

    /// <summary>What people call it, in Chinese.</summary>
    public string Label { get; set; } = "";

    /// <summary>The same in English; null: as in Chinese.</summary>
    public string? LabelEn { get; set; }

    /// <summary>The address of an OpenID provider, which says the rest itself; null: the three addresses below.</summary>
    public string? Authority { get; set; }

    /// <summary>Where browsers are sent to sign in, of a service that is no OpenID provider.</summary>
    public string? AuthorizationEndpoint { get; set; }

    /// <summary>Where the server gets its access token.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Where the server is told who has signed in.</summary>
    public string? UserInfoEndpoint { get; set; }

    /// <summary>Who Xunke is at the service.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret for that; better given in the environment (SignInServices__0__ClientSecret) or in a file.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the secret alone.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What is asked for, between blanks; null: "openid profile" of an OpenID provider, else nothing.</summary>
    public string? Scope { get; set; }

    /// <summary>Where a person's id stands in what the service tells, with points between levels ("data.userid"). It must never pass to
    /// another person: no mail address, no telephone number.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Where the person's name stands; it is shown before an account is linked, and not kept.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>Whether a secret of the browser's own goes with the code (PKCE, RFC 7636).</summary>
    public bool Pkce { get; set; } = true;

    /// <summary>What else is sent with the browser, such as "agentid=1000002".</summary>
    public string? AuthorizationParameters { get; set; }

    /// <summary>What the service calls the client's id, when a browser is sent there. This and what follows: without Authority
    /// only.</summary>
    public string ClientIdParameter { get; set; } = "client_id";

    /// <summary>What it calls the address to come back to.</summary>
    public string RedirectUriParameter { get; set; } = "redirect_uri";

    /// <summary>What it calls the code that a browser comes back with.</summary>
    public string CodeParameter { get; set; } = "code";

    /// <summary>How the access token is asked for: "form" and "json" by POST, "query" by GET.</summary>
    public string TokenRequest { get; set; } = "form";

    /// <summary>What the client's id is called there; null: as above.</summary>
    public string? TokenClientIdParameter { get; set; }

    /// <summary>What the secret is called there.</summary>
    public string ClientSecretParameter { get; set; } = "client_secret";

    /// <summary>What the code is called there.</summary>
    public string TokenCodeParameter { get; set; } = "code";

    /// <summary>What the kind of grant ("authorization_code") is called there.</summary>
    public string GrantTypeParameter { get; set; } = "grant_type";

    /// <summary>Where the access token stands in the answer.</summary>
    public string AccessTokenName { get; set; } = "access_token";

    /// <summary>The header that takes the access token to UserInfoEndpoint; null: "Authorization: Bearer".</summary>
    public string? AccessTokenHeader { get; set; }

    /// <summary>The query's parameter that takes it there instead; null: none.</summary>
    public string? AccessTokenParameter { get; set; }

    /// <summary>The query's parameter that takes the code there besides; null: none.</summary>
    public string? UserInfoCodeParameter { get; set; }
}
