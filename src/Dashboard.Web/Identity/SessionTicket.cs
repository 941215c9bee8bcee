using System.Globalization;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Web.Identity;

/// <summary>
/// Carries "this cookie was renewed until then" from a request through the browser to the circuit beside it, which cannot
/// see cookies. Signed, bound to the operator, worthless after a minute.
/// </summary>
internal sealed class SessionTicket(IDataProtectionProvider protection)
{
    private readonly ITimeLimitedDataProtector _protector = protection
        .CreateProtector("session-ticket")
        .ToTimeLimitedDataProtector();

    /// <summary>Makes one.</summary>
    public string Write(string operatorId, DateTimeOffset endsAt) =>
        _protector.Protect(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{operatorId}|{endsAt.ToUnixTimeMilliseconds()}"
            ),
            TimeSpan.FromMinutes(1)
        );

    /// <summary>When the session of <paramref name="operatorId"/> ends; null when the ticket is not theirs or not ours.</summary>
    public DateTimeOffset? Read(string ticket, string? operatorId)
    {
        try
        {
            var parts = _protector.Unprotect(ticket).Split('|');
            return parts[0] == operatorId
                ? DateTimeOffset.FromUnixTimeMilliseconds(
                    long.Parse(parts[1], CultureInfo.InvariantCulture)
                )
                : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
