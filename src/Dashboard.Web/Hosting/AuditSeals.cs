using Dashboard.Data.Audit;
using Dashboard.LocalDatabase;

namespace Dashboard.Web.Hosting;

/// <summary>The key and the kept heads of the audit log's seals, for both roles and the verbs.</summary>
internal static class AuditSeals
{
    /// <summary>Purpose of the key derived from <see cref="InstallationSecret"/>.</summary>
    private const string Purpose = "audit seal";

    /// <summary>Registers sealing and verifying with this installation's key.</summary>
    public static void AddInstallationSeals(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AuditKey(
            provider.GetRequiredService<InstallationSecret>().KeyFor(Purpose)
        ));
        services.AddSingleton(new AuditHeadFile(Path.Combine(LocalFolders.Data, "audit-heads")));
        services.AddAuditSeals();
    }
}
