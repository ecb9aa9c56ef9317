using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Xunke.Web.Health;

/// <summary>Encrypts and decrypts with the keys of the data directory: without them nobody can sign in.</summary>
internal sealed partial class KeysCheck(
    IDataProtectionProvider protection, IKeyManager keys, TimeProvider time, ILogger<KeysCheck> log) : CachedCheck(time)
{
    /// <inheritdoc />
    protected override Task<HealthCheckResult> CheckAsync()
    {
        try
        {
            IDataProtector protector = protection.CreateProtector("Xunke.Health");
            bool works = protector.Unprotect(protector.Protect("Xunke")) == "Xunke"
                // The keys in use are held in memory for a day; the next start needs those on the disk.
                && keys.GetAllKeys().Any(key => !key.IsRevoked && key.CreateEncryptor() is not null);
            return Task.FromResult(works ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("there is no key for sessions"));
        }
        catch (Exception fault)
        {
            // Whatever a damaged file throws, from XML to cryptography.
            LogUnreadable(fault);
            return Task.FromResult(HealthCheckResult.Unhealthy("the keys of sessions cannot be used", fault));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The keys of sessions cannot be used")]
    private partial void LogUnreadable(Exception fault);
}
