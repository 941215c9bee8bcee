using System.ComponentModel.DataAnnotations;

namespace Dashboard.Web.Identity;

/// <summary>Settings of the section <c>Dashboard:SignIn</c>: how long sessions, links and lock-outs last.</summary>
public sealed class SignInSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dashboard:SignIn";

    /// <summary>How long a session lives without anyone using it; every use renews it. 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How often a session is checked against the database: the most "sign out everywhere" takes. 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RevalidateEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Wrong passwords or codes in a row after which sign-in is locked. 3 to 20.</summary>
    [Range(3, 20)]
    public int LockoutAfter { get; set; } = 5;

    /// <summary>How long it stays locked. 1 minute to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LockoutFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a one-time link works. 5 minutes to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan SetupLinkFor { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>Settings of the section <c>Dashboard:Admin</c>: the first administrator, made at start when there is none.</summary>
public sealed class AdminSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dashboard:Admin";

    /// <summary>E-mail to sign in with; null when the first administrator comes by the printed link.</summary>
    public string? Email { get; set; }

    /// <summary>Password; held to the same rules as any other.</summary>
    public string? Password { get; set; }
}
