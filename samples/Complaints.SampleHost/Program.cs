WebApplication.CreateBuilder(args).Build().Run("http://127.0.0.1:5080");
