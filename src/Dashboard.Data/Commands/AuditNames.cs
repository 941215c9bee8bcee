using System.Text.Json;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Domain.Metrics;
using Dashboard.Domain.Tasks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Dashboard.Data.Commands;

/// <summary>How entities and columns are called in audit rows, and which never appear there.</summary>
internal static class AuditNames
{
    private static readonly Dictionary<Type, string> s_nouns = new()
    {
        [typeof(AgentTask)] = "task",
        [typeof(OperatorUser)] = "operator",
        [typeof(IdentityRole<Guid>)] = "role",
        [typeof(IdentityUserRole<Guid>)] = "operator_role",
        [typeof(IdentityUserClaim<Guid>)] = "operator_claim",
        [typeof(IdentityRoleClaim<Guid>)] = "role_claim",
    };

    /// <summary>Logs, figures and credentials: auditing them would say nothing or leak something.</summary>
    private static readonly HashSet<Type> s_silent =
    [
        typeof(AuditLog),
        typeof(SystemMetric),
        typeof(IdentityUserToken<Guid>),
        typeof(IdentityUserLogin<Guid>),
        typeof(IdentityUserPasskey<Guid>),
        typeof(SetupToken),
    ];

    /// <summary>Set by the database or by Identity on every write.</summary>
    private static readonly HashSet<string> s_noise = new(StringComparer.Ordinal)
    {
        "CreatedAt",
        "UpdatedAt",
        "SecurityStamp",
        "ConcurrencyStamp",
    };

    private static readonly string[] s_secretWords =
    [
        "Password",
        "Secret",
        "Token",
        "Hash",
        "PrivateKey",
    ];

    /// <summary>False for logs, figures, credentials and rows owned by another entity.</summary>
    public static bool IsAudited(EntityEntry entry) =>
        !s_silent.Contains(entry.Metadata.ClrType) && !entry.Metadata.IsOwned();

    /// <summary>The singular noun: <c>customer</c>, <c>payment_record</c>, <c>task</c>, <c>operator</c>.</summary>
    public static string Noun(Type entity) =>
        s_nouns.GetValueOrDefault(entity)
        ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(entity.Name);

    /// <summary>True for columns that change with every write and tell nothing.</summary>
    public static bool IsNoise(IReadOnlyPropertyBase property) => s_noise.Contains(property.Name);

    /// <summary>True for columns whose value must never be written down: the row says only that it changed.</summary>
    public static bool IsSecret(IReadOnlyPropertyBase property) =>
        s_secretWords.Any(word => property.Name.Contains(word, StringComparison.Ordinal));
}
