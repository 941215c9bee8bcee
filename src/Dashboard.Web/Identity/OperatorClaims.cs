using System.Security.Claims;
using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>What a session knows of its operator: id, e-mail, roles, security stamp and the name on screen.</summary>
internal sealed class OperatorClaims(
    UserManager<OperatorUser> users,
    RoleManager<IdentityRole<Guid>> roles,
    IOptions<IdentityOptions> options
) : UserClaimsPrincipalFactory<OperatorUser, IdentityRole<Guid>>(users, roles, options)
{
    /// <summary>Claim type of <see cref="OperatorUser.DisplayName"/>.</summary>
    public const string DisplayName = "display_name";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(OperatorUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var name = string.IsNullOrWhiteSpace(user.DisplayName) ? user.Email : user.DisplayName;
        identity.AddClaim(new Claim(DisplayName, name ?? user.Id.ToString()));
        return identity;
    }
}
