using Dashboard.Web.Hosting;

return await Verbs.RunAsync(args);

/// <summary>The program; public so that tests can start it.</summary>
public partial class Program;
