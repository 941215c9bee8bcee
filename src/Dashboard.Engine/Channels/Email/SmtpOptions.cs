using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Dashboard.Engine.Channels.Email;

/// <summary>Section <c>Email:Smtp</c>. Without a host, e-mail goes to the simulated channel.</summary>
public sealed class SmtpOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Email:Smtp";

    /// <summary>Name or address of the mail server; empty = none.</summary>
    public string? Host { get; set; }

    /// <summary>587 for submission with STARTTLS, 25 for a relay.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Insists on STARTTLS: a server without it gets no mail.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>For AUTH; empty = none.</summary>
    public string? Username { get; set; }

    /// <summary>For AUTH. Set it by environment (<c>Email__Smtp__Password</c>), not in a file.</summary>
    public string? Password { get; set; }

    /// <summary>Address of the sender.</summary>
    [EmailAddress]
    public string From { get; set; } = "collections@localhost.localdomain";

    /// <summary>Name of the sender; empty = the company's.</summary>
    public string? FromName { get; set; }

    /// <summary>How long one hand-over may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections kept to the server at most.</summary>
    [Range(1, 100)]
    public int MaxConnections { get; set; } = 8;

    /// <summary>True when mail leaves for real.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    /// <summary>True when the mail server is this machine: a test's sink, or nothing.</summary>
    public bool IsLoopback =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout <= TimeSpan.Zero)
        {
            yield return new ValidationResult($"{Section}:{nameof(Timeout)} must be above zero.");
        }

        if (!string.IsNullOrEmpty(Username) && string.IsNullOrEmpty(Password))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Username)} is set, but {nameof(Password)} is not."
            );
        }
    }
}

/// <summary>Section <c>Email:Unsubscribe</c>: links in messages with which a customer opts out.</summary>
public sealed class UnsubscribeOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Email:Unsubscribe";

    /// <summary>Where customers reach this server, e.g. <c>https://collections.example.com</c>; empty = no links.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Secret that signs the links, the same in every process; at least 32 characters. Set it by environment.</summary>
    [MinLength(32)]
    public string? Key { get; set; }
}
