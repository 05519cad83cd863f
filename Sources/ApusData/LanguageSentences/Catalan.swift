// Sentences in Catalan, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let catalan = """
        Aquest matí hem trobat el carrer ple de fulles i una teulada caiguda al mig de la plaça.
        La meva àvia feia servir el mateix davantal cada dissabte, quan preparava els canelons.
        No sé pas on he deixat les ulleres, però segur que són en algun lloc de la cuina.
        Els nens van sortir de l'escola cridant perquè havia començat a nevar de debò.
        Si voleu que l'arròs quedi al punt, deixeu-lo reposar cinc minuts amb un drap a sobre.
        L'autobús de dos quarts de vuit no va passar i vam haver d'anar a peu fins a l'estació.
        Amb aquest vent no podem encendre la foguera, així que menjarem pa amb formatge i ja està.
        El meu germà treballa en un taller de bicicletes que hi ha a prop del mercat vell.
        L'ajuntament ha decidit que els diumenges el centre serà només per a vianants.
        Quan era petit, em pensava que la lluna ens seguia cada cop que anàvem amb cotxe.
        Els pagesos diuen que enguany hi haurà poques olives, perquè ha plogut molt poc a la primavera.
        Em pots deixar el teu bolígraf? El meu s'ha acabat just quan començava l'examen.
        Aquella nit vam dormir en un refugi de muntanya on feia tant de fred que ningú no es va treure el jersei.
        El gos dels veïns borda cada vegada que veu passar el carter amb la seva bossa groga.
        A la biblioteca del barri hi ha un senyor que cada dijous llegeix contes als més menuts.
        Vaig obrir la finestra i l'olor del cafè acabat de fer em va recordar casa dels meus avis.
        Després de la batalla, els vilatans van reconstruir la muralla amb les pedres de l'antic pont.
        Els investigadors han descobert que aquests ratpenats poden reconèixer la veu de les seves cries.
        No facis soroll, que el nen acaba d'adormir-se i li ha costat moltíssim agafar el son.
        L'equip va empatar a casa, però l'entrenador va dir que estava content amb els jugadors joves.
        Estimada tieta, moltes gràcies pels mitjons que m'has enviat, que m'escalfen molt els peus.
        Avui he après a fer pa amb la meva cosina, que té un forn petit en un poble de la Garrotxa.
        Els metges recomanen caminar una estona cada dia i beure aigua encara que no tinguem set.
        Hi ha una font al mig del bosc on els caçadors s'aturaven a omplir les carbasses d'aigua.
        El tren anava tan ple que vam fer tot el trajecte drets, amb les maletes entre les cames.
        Demà al matí hi haurà boira a les valls i el cel quedarà ben serè cap al migdia.
        La mestra ens va fer dibuixar un mapa del poble amb tots els arbres que hi coneixíem.
        A casa nostra, per Nadal, sempre hi ha algú que s'adorm al sofà abans dels torrons.
        El pescador va arribar al port quan ja fosquejava, amb dues caixes de peix i una xarxa estripada.
        Si passes per la farmàcia, compra'm unes pastilles per a la tos i un paquet de benes.
        Els bombers van haver de treure un gat que s'havia quedat atrapat dins d'una xemeneia.
        Aquesta cadira coixeja; posa-hi un tros de cartró a sota i veuràs com ja no es mou.
        Vam pujar fins al cim per un camí ple de pedres i, en arribar-hi, no s'hi veia res.
        La fàbrica va tancar fa vint anys i ara hi han fet un museu on expliquen com es teixia la llana.
        Els meus pares es van conèixer en un ball de festa major i encara avui s'hi escapen quan poden.
        L'ós bru ha tornat a aquestes muntanyes i els pastors han començat a tenir gossos més grossos.
        No cal que truquis: la porta és oberta i tens un plat de sopa calenta damunt de la taula.
        El jutge va demanar silenci i va fer sortir de la sala els qui no paraven de riure.
        Poseu les mongetes en remull la nit abans i canvieu-ne l'aigua quan us lleveu.
        Ahir al vespre va marxar la llum i vam sopar a les fosques, amb quatre espelmes i molta gana.
        La noia de la perruqueria sap tot el que passa al barri abans que surti al diari.
        Aquell hivern va fer tant de fred que el llac es va glaçar i la gent hi anava a patinar.
        Els alumnes de quart han plantat un hort darrere el gimnàs i ja hi creixen els primers enciams.
        Què n'has fet, dels diners que et vaig donar? Amb això n'hi havia prou per a tota la setmana.
        El campió va guanyar la cursa amb només un segon d'avantatge i es va posar a plorar.
        Els botiguers es queixen que, des que han tallat el carrer, ja no hi entra ningú a comprar.
        Quan fa mestral, les onades arriben fins al passeig i mullen els bancs on seuen els avis.
        El científic guardava els seus apunts en una capsa de sabates que ningú més no podia tocar.
        Vols venir amb nosaltres a collir bolets? Sortirem d'hora i tornarem abans de dinar.
        La torre del castell servia per vigilar els vaixells que s'acostaven a la costa durant la nit.
        M'agrada llegir al llit fins tard, però l'endemà em costa molt sortir de sota els llençols.
        Les formigues travessaven el pati en fila i s'enduien, una per una, les molles del berenar.
        Perdoni, que em podria dir on és la sortida d'aquest aparcament? Fa estona que hi dono voltes.
        El sastre va prendre mides al nuvi i li va dir que fins divendres no tindria l'americana feta.
        Segons el diari, la vaga de metro començarà dilluns i pot durar fins a finals de mes.
        Ratlleu la pell d'una llimona, barregeu-la amb el sucre i afegiu-ho tot a la crema calenta.
        Els ocells van emmudir de cop i, poc després, vam sentir els primers trons darrere la serra.
        La meva filla gran estudia a fora i cada diumenge ens truca per explicar-nos què ha cuinat.
        En aquell temps, els traginers dormien a l'hostal i deixaven les mules a l'estable del costat.
        L'oncle Pere té un colomar al terrat i diu que coneix cada colom només de sentir-lo.
        Em fa mal el genoll des que vaig caure jugant a pilota amb els companys de feina.
        Aquest estel que veus damunt del campanar no és cap estel: és un planeta molt brillant.
        El cap ens va dir que podíem plegar més aviat, perquè ja havíem acabat tota la feina.
        Al mercat, una dona venia herbes remeieres i explicava a tothom per a què servia cadascuna.
        Abans de pintar la paret, tapeu els forats amb massilla i deixeu-ho assecar tot un dia.
        El llangardaix que viu entre les pedres del marge perd la cua si algú l'espanta massa.
        La carta va trigar tres mesos a arribar i, quan la vam obrir, la tinta gairebé s'havia esborrat.
        Tinc por que el nostre equip baixi de categoria si no guanya els dos partits que queden.
        L'estació espacial es veu molt bé aquest vespre, com un punt de llum que travessa el cel de pressa.
        Els fills del moliner sabien endevinar el temps només mirant com volaven les orenetes.
        Ja t'ho vaig dir, que aquest camí no anava enlloc i que havíem de girar abans del pont.
        La cantant va sortir a l'escenari descalça i va demanar perdó perquè estava refredada.
        Els nostres veïns han comprat una caravana i volen passar tot l'estiu voltant amb els gossos.
        Aquesta tarda plourà a tot el país, tret de les comarques del sud, on farà una mica de sol.
        El professor de física ens va ensenyar un experiment amb un got d'aigua i un full de paper.
        Quan vaig arribar a casa, tothom ja havia sopat i m'havien deixat una truita ben petita.
        El vell rellotge de la sala fa anys que no funciona, però ningú no gosa llençar-lo.
        Durant la guerra, els nens del poble anaven a l'escola amb un tros de pa a la butxaca.
        Agafa una jaqueta, que al vespre refresca, i no et deixis les claus com sempre.
        El bestiar puja a la muntanya pel maig i no en baixa fins que cauen les primeres neus.
        La dependenta em va dir que aquelles sabates només li quedaven en un número massa gran.
        Vam perdre el vol perquè ens vam equivocar de terminal i vam fer cua on no tocava.
        Els vidres del tramvia estaven tan bruts que no vaig saber on havia de baixar.
        Sempre que torno al meu poble, passo per davant del forn i m'aturo a comprar una coca.
        Hem posat una menjadora al balcó i cada matí hi venen pit-roigs, verdums i pardals.
        La reunió es va allargar tant que vam acabar parlant de receptes i de les vacances.
        El notari va llegir el testament en veu alta i cap dels germans no es va atrevir a dir res.
        Amb la pluja d'aquests dies, el riu baixa ple i les vinyes de la riba han quedat negades.
        Doneu-me un parell de dies i us tornaré el llibre amb totes les pàgines ben enganxades.
        El nedador va creuar la badia de nit, acompanyat només d'una barca amb un fanal.
        """
}
