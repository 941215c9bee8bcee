using Dashboard.Data.Commands;

namespace Dashboard.Web.Identity;

/// <summary>Who is acting in this circuit or request. Scoped.</summary>
public interface ICurrentActor
{
    /// <summary>
    /// The signed-in operator with the roles of the session, the address and the browser; without roles when the session
    /// has ended, so that every command is refused.
    /// </summary>
    ValueTask<Actor> GetAsync();
}
