using System.ComponentModel.DataAnnotations;

namespace Dashboard.Web.Hosting;

/// <summary>What this process does.</summary>
public enum ProcessRole
{
    /// <summary>Pages, API and engine in one process.</summary>
    All,

    /// <summary>Pages, API and live updates only.</summary>
    Web,

    /// <summary>Campaigns, dispatch and sending only; answers health checks.</summary>
    Engine,
}

/// <summary>Settings of the section <c>Dashboard</c>.</summary>
public sealed class DashboardOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Dashboard";

    /// <summary>What this process does; <c>--role</c> on the command line.</summary>
    public ProcessRole Role { get; set; } = ProcessRole.All;

    /// <summary>Applies pending migrations at start. Off: the process refuses to start on an older schema.</summary>
    public bool MigrateAtStart { get; set; } = true;

    /// <summary>
    /// Loads demo data into an empty database at start. Null: only when the embedded PostgreSQL is used.
    /// </summary>
    public bool? DemoData { get; set; }

    /// <summary>Address under which people reach the product; used in links that leave it. At most 200 characters.</summary>
    [Required, Url, StringLength(200)]
    public string PublicUrl { get; set; } = "http://localhost:5080";

    /// <summary>
    /// Encrypts the secrets that the database keeps; the same in every process, 32 characters or more. Null: a file on this
    /// machine (<see cref="InstallationSecret"/>).
    /// </summary>
    public string? Secret { get; set; }
}
