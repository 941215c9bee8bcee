using System.Security.Cryptography;
using Dashboard.Data;
using Dashboard.Data.Operators;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Dashboard.Web.Identity;

/// <summary>Identity's store, with second-factor keys and recovery codes encrypted in the database.</summary>
internal sealed class OperatorStore(
    DashboardDb db,
    IDataProtectionProvider protection,
    IdentityErrorDescriber? describer = null
) : UserStore<OperatorUser, IdentityRole<Guid>, DashboardDb, Guid>(db, describer)
{
    private readonly IDataProtector _protector = protection.CreateProtector("operator-tokens");

    /// <inheritdoc />
    public override Task SetTokenAsync(
        OperatorUser user,
        string loginProvider,
        string name,
        string? value,
        CancellationToken cancellationToken
    ) =>
        base.SetTokenAsync(
            user,
            loginProvider,
            name,
            value is null ? null : _protector.Protect(value),
            cancellationToken
        );

    /// <summary>Null also when another installation's secret encrypted it: the second step then fails, it never opens.</summary>
    public override async Task<string?> GetTokenAsync(
        OperatorUser user,
        string loginProvider,
        string name,
        CancellationToken cancellationToken
    )
    {
        var value = await base.GetTokenAsync(user, loginProvider, name, cancellationToken);
        try
        {
            return value is null ? null : _protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
