"""Given and family names to be combined at random. As mixed as the people who call, from A to Z."""

GIVEN_NAMES = (
    "Achim", "Agnieszka", "Ahmet", "Aisha", "Alexander", "Alina", "Amir", "Andreas", "Angelika", "Anja", "Anna", "Ayşe",
    "Barbara", "Bernd", "Birgit", "Carlos", "Charlotte", "Christian", "Cem", "Daniela", "David", "Dilan", "Dragana",
    "Elena", "Elif", "Emine", "Emre", "Erika", "Fatma", "Florian", "Frank", "Gabriele", "Hannah", "Hassan", "Heike",
    "Helga", "Ibrahim", "Ingrid", "Iryna", "Jan", "Jasmin", "Joanna", "Jonas", "Jörg", "Julia", "Karim", "Katarzyna",
    "Katrin", "Klaus", "Lars", "Layla", "Lena", "Ludmila", "Malte", "Marco", "Maria", "Markus", "Marta", "Mehmet",
    "Michael", "Miriam", "Mohammed", "Monika", "Murat", "Nadine", "Nadja", "Natalia", "Nicole", "Oleksandr", "Olga",
    "Oliver", "Omar", "Özlem", "Patrick", "Paul", "Petra", "Rainer", "Rania", "Renate", "Robert", "Sabine", "Samir",
    "Sandra", "Serhij", "Silke", "Simone", "Sofia", "Stefan", "Susanne", "Svetlana", "Tanja", "Thomas", "Tobias",
    "Ulrike", "Ursula", "Uwe", "Viktor", "Walid", "Wolfgang", "Yara", "Yusuf", "Zeynep",
)  # fmt: skip

FAMILY_NAMES = (
    "Abdullah", "Acar", "Ahrens", "Albrecht", "Arslan", "Aydın", "Bauer", "Becker", "Behrens", "Berger", "Bondarenko",
    "Brandt", "Braun", "Busch", "Çelik", "Claußen", "Conrad", "Cordes", "Demir", "Dietrich", "Doğan", "Dubois", "Ebert",
    "Eckert", "El-Masri", "Engel", "Farah", "Fischer", "Frank", "Fuchs", "García", "Gerber", "Graf", "Groß", "Haddad",
    "Hansen", "Hartmann", "Heinrich", "Hoffmann", "Ibrahim", "Ivanova", "Jäger", "Jahn", "Jansen", "Kaiser", "Kaya",
    "Keller", "Koch", "Kovalenko", "Kowalski", "Krüger", "Lang", "Lehmann", "Lorenz", "Ludwig", "Maier", "Mansour",
    "Melnyk", "Meyer", "Müller", "Neumann", "Nguyen", "Nowak", "Oğuz", "Ortmann", "Otto", "Özdemir", "Pavlović",
    "Peters", "Pfeiffer", "Popov", "Quast", "Rahimi", "Richter", "Roth", "Sahin", "Schäfer", "Schmidt", "Schröder",
    "Schulz", "Schwarz", "Seidel", "Sommer", "Stein", "Tkatschenko", "Thomas", "Tran", "Ulrich", "Urban", "Vogel",
    "Voigt", "Wagner", "Weber", "Winkler", "Wolf", "Yıldız", "Yılmaz", "Zander", "Ziegler", "Zimmermann",
)  # fmt: skip
