"""What people of the demo years write: goals, comments, requests; and where they meet."""

PLACES = (
    "Støberiet på Blågårds Plads",
    "Kulturhuset Indre By",
    "Medborgerhuset Danasvej",
    "Kvarterhuset, Jemtelandsgade",
    "Valby Kulturhus",
)
GOALS = (
    "Ringe til hver familie, før der er et problem",
    "Holde forældrekaffe en gang om måneden",
    "Invitere fædrene direkte og ikke kun gennem mødrene",
    "Bruge tolk ved alle svære samtaler",
    "Skrive kortere beskeder i et sprog, alle forstår",
    "Lave en aftale med moskeen om en fælles aften",
    "Få to forældre med i planlægningen af sommerfesten",
    "Begynde hver samtale med det, der går godt",
    "Besøge tre familier hjemme inden jul",
    "Øve mig i at stille åbne spørgsmål",
    "Lære navnene på alle bedsteforældre, der henter",
    "Få en gruppe unge til at vise vej for de nye",
    "Arrangere en aften om skolens forventninger",
    "Tale med min leder om tid til forældresamtaler",
    "Bruge billeder og ikke kun tekst i ugebrevet",
    "أن أتحدث مع كل أسرة مرة في الشهر",
    "Share what I learnt with my three colleagues",
    "Skabe et netværk af brobyggere i kvarteret",
    "Spørge forældrene, hvornår et møde passer dem",
    "Følge op på hver samtale inden for en uge",
)
HINDRANCES = ("Tid", "Der var for få tolke", "Ny leder, nye planer", "Ikke noget særligt", "")
COMMENTS = (
    "Tak for en god dag.",
    "Jeg savner at mødes igen med de andre.",
    "Mere tid til at øve samtalerne.",
    "",
    "",
    "",
)
TASKS = (
    "Hvordan får vi flere fædre med til møderne?",
    "Gode råd om brug af tolk",
    "Kontakt til somaliske foreninger i bydelen",
    "Tilskud til en fællesspisning",
    "Plan for dialog med forældre om lektier",
    "Hvem kan hjælpe med en beboerhøring?",
    "Oversættelse af et velkomstbrev",
    "Samarbejde mellem klub og moské",
    "Sparring om en projektbeskrivelse",
    "Rekruttering af frivillige med flere sprog",
)
UNITS = (
    "Jobcenter Skelbækgade",
    "Børneinstitution Regnbuen",
    "Ungdomsklubben Nord",
    "Boligsocial helhedsplan Vest",
    "Skolen ved Søen",
    "Sundhedsplejen Amager",
    "Biblioteket på Rentemestervej",
    "Lokaludvalg Bispebjerg",
)
