namespace Xunke.Web.Books;

/// <summary>The import of schools and accounts; it runs when the database is prepared.</summary>
internal static class BooksFeature
{
    public static void AddBooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<NewAccounts>();
        builder.Services.AddScoped<BooksImport>();
    }
}
