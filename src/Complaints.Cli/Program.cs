System.Console.WriteLine("complaints: no commands yet.");
