using System.Security.Cryptography;
using System.Text;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>
/// <c>X-Twilio-Signature</c>: Base64 of HMAC-SHA1 over the address Twilio was given and the form's fields, sorted by name, name and
/// value one after the other (twilio.com/docs/usage/security). SHA-1 is Twilio's choice; a keyed hash does not need more.
/// </summary>
public static class TwilioSignature
{
    /// <summary>The header.</summary>
    public const string Header = "X-Twilio-Signature";

    /// <summary>The signature of a request.</summary>
    public static string Create(
        string authToken,
        string url,
        IEnumerable<KeyValuePair<string, string>> fields
    )
    {
        var signed = new StringBuilder(url);
        foreach (
            var (name, value) in fields
                .OrderBy(f => f.Key, StringComparer.Ordinal)
                .ThenBy(f => f.Value, StringComparer.Ordinal)
        )
        {
            signed.Append(name).Append(value);
        }

#pragma warning disable CA5350 // Twilio's scheme; see above.
        return Convert.ToBase64String(
            HMACSHA1.HashData(
                Encoding.UTF8.GetBytes(authToken),
                Encoding.UTF8.GetBytes(signed.ToString())
            )
        );
#pragma warning restore CA5350
    }

    /// <summary>Compares without telling by its duration how much was right.</summary>
    public static bool Matches(string expected, string? given) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected),
            Encoding.UTF8.GetBytes(given)
        );
}
