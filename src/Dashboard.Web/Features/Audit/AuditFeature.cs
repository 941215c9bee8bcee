namespace Dashboard.Web.Features.Audit;

/// <summary>The explorer of the audit log.</summary>
internal static class AuditFeature
{
    /// <summary>Registers the queries and the check that runs beside the page.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services
            .AddSingleton<AuditListQuery>()
            .AddSingleton<AuditEventQuery>()
            .AddSingleton<AuditNamesQuery>()
            .AddSingleton<AuditSealQuery>()
            .AddSingleton<AuditExport>()
            .AddSingleton<AuditCheck>();
}
