using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts.Messages;
using Xunke.Web.Configuration;

namespace Xunke.Web.Alerts.Messages;

/// <summary>Where a robot is, and what its calls are signed with.</summary>
internal sealed record RobotTarget(AlertChannel Channel, Uri Address, string? Secret);

/// <summary>
/// Keeps robots' addresses, which let anybody write to a group, and their secrets encrypted with the keys of the data directory.
/// </summary>
internal sealed class RobotSecrets(IDataProtectionProvider protection, IOptions<AlertSettings> settings)
{
    private sealed record Stored(string Address, string? Secret);

    /// <summary>As the records keep it. The robot's id is part of the purpose: a row copied to another robot opens nothing there.</summary>
    public string Protect(Guid robotId, Uri address, string? secret) =>
        Of(robotId).Protect(JsonSerializer.Serialize(new Stored(address.AbsoluteUri, secret)));

    /// <summary>Where a robot is.</summary>
    /// <returns>Null: the keys are others, or the settings no longer allow its address.</returns>
    public RobotTarget? Read(AlertWebhook robot)
    {
        try
        {
            return JsonSerializer.Deserialize<Stored>(Of(robot.Id).Unprotect(robot.Target)) is { } stored
                && RobotAddress.TryRead(robot.Channel, stored.Address, settings.Value.WebhookHosts, out Uri? address)
                    ? new RobotTarget(robot.Channel, address, stored.Secret)
                    : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector Of(Guid robotId) => protection.CreateProtector("Xunke.AlertRobots", robotId.ToString());
}
