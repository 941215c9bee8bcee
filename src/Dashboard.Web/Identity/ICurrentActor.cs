using Dashboard.Data.Commands;

namespace Dashboard.Web.Identity;

/// <summary>The signed-in operator of this circuit or request, as commands and audit rows name them.</summary>
public interface ICurrentActor
{
    /// <summary>Throws when nobody is signed in: only pages behind sign-in may ask.</summary>
    ValueTask<Actor> GetAsync();
}
