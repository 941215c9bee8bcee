using System.ComponentModel.DataAnnotations;

namespace Dashboard.Web.Features.OptOuts;

/// <summary>Section <c>Twilio</c>.</summary>
public sealed class TwilioSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Twilio";

    /// <summary>
    /// The account's secret, with which Twilio signs what it sends to <c>/webhooks/twilio/…</c>. Null: these addresses do not answer.
    /// At most 200 characters.
    /// </summary>
    [StringLength(200)]
    public string? AuthToken { get; set; }
}

/// <summary>In whose name contacts go out; what a customer knows us by.</summary>
/// <param name="Name">The company's name.</param>
public sealed record Company(string Name);
