using Microsoft.AspNetCore.Identity;

namespace Dashboard.Data.Operators;

/// <summary>A person who signs in (schema ops).</summary>
public sealed class OperatorUser : IdentityUser<Guid>
{
    /// <summary>Name on screen, at most 100 characters.</summary>
    public string DisplayName { get; set; } = string.Empty;

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC; the last successful sign-in.</summary>
    public DateTime? LastSignInAt { get; set; }
}
